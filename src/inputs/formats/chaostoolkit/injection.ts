/** Whether the fault was really injected: every injecting action checked by its answer, not by the run's status. */
import type { ExperimentActions } from '../../../knowledge/experiment-actions.js'
import { holdsAny } from '../../../knowledge/phrases.js'
import type { Moment } from '../../../recovery/sampled-recovery.js'
import { type ActivityRun, refusalOf } from './activity.js'
import type { Journal } from './journal.js'
import { describeActivity, type Role, rolesOf } from './roles.js'

export interface Injection {
  /** True: every injecting action took effect. Null: it cannot be told. */
  verified: boolean | null
  /** Nothing was tried, or every action that should inject was refused: there is nothing to undo. */
  nothingInjected: boolean
  /** Actions that did not, or perhaps did not, inject. */
  refused: string[]
  unproven: string[]
  /** Injecting actions that took effect, else those that may have. */
  actions: ActivityRun[]
  /** When the fault began; null without usable times. */
  onset: Moment | null
  /** When an action of the method removed it. */
  removal: Moment | null
  endsByItself: boolean
  load: boolean
  /** Actions of other roles that did not succeed. */
  otherFailures: string[]
}

export function injectionOf(journal: Journal, words: ExperimentActions): Injection {
  const roles = rolesOf(
    journal.run.map(({ activity }) => activity),
    journal.declaredRollbacks,
    words,
  )
  const inRole = (role: Role): ActivityRun[] => journal.run.filter((_, index) => roles[index] === role)
  const injecting = inRole('injecting').map((run) => ({ run, ...effectOf(run, words) }))
  const withEffect = (effect: string): ActivityRun[] =>
    injecting.filter((one) => one.effect === effect).map(({ run }) => run)
  const why = (effect: string): string[] =>
    injecting.filter((one) => one.effect === effect).map(({ why }) => why)
  const proven = withEffect('injected')
  const actions = proven.length > 0 ? proven : withEffect('unproven')
  const refused = why('refused')
  const unproven = why('unproven')
  const restored = inRole('restoring').filter((run) => run.succeeded === true && refusalOf(run) === null)
  const others = journal.run.filter((_, index) => roles[index] !== 'injecting' && roles[index] !== null)
  return {
    verified: refused.length > 0 ? false : unproven.length > 0 || proven.length === 0 ? null : true,
    nothingInjected: isNothing(journal, actions, refused),
    refused,
    unproven,
    actions,
    onset: momentOf(actions),
    removal: momentOf(restored),
    endsByItself:
      actions.length > 0 &&
      actions.every(({ activity }) => holdsAny(describeActivity(activity), words.endsByItself)),
    load: inRole('load').some(({ succeeded }) => succeeded === true),
    otherFailures: others.flatMap((run) => {
      const refusal = refusalOf(run)
      return refusal === null ? [] : [`"${run.activity.name}" ${refusal}`]
    }),
  }
}

/** Of a method whose actions are not known to inject it cannot be told. */
function isNothing({ dry, run }: Journal, actions: ActivityRun[], refused: string[]): boolean {
  const onlyProbes = run.every(({ activity }) => activity.kind === 'probe')
  return dry || (actions.length === 0 && (refused.length > 0 || onlyProbes))
}

function effectOf(
  run: ActivityRun,
  words: ExperimentActions,
): { effect: 'injected' | 'refused' | 'unproven'; why: string } {
  const { activity, succeeded, httpStatus, exitCode, emptyOutput, answeredFalse } = run
  const because = (reason: string): string => `"${activity.name}" ${reason}`
  const refusal = refusalOf(run)
  if (refusal !== null) return { effect: 'refused', why: because(refusal) }
  if (succeeded === null) return { effect: 'unproven', why: because('has no recorded end') }
  if (
    (activity.provider === 'http' && httpStatus === null) ||
    (activity.provider === 'process' && exitCode === null)
  ) {
    return { effect: 'unproven', why: because('has no recorded answer') }
  }
  if (answeredFalse) return { effect: 'unproven', why: because('answered false') }
  const silentCommand =
    activity.provider === 'process' && holdsAny(activity.command?.split(' ', 1)[0] ?? '', words.printsTarget)
  if (emptyOutput && (activity.provider === 'python' || silentCommand)) {
    return { effect: 'unproven', why: because('succeeded without naming anything it acted on') }
  }
  return { effect: 'injected', why: '' }
}

function momentOf(runs: ActivityRun[]): Moment | null {
  const starts = runs.flatMap(({ start }) => start ?? [])
  const ends = runs.flatMap(({ end }) => end ?? [])
  if (starts.length === 0 || ends.length < runs.length) return null
  const moment = { earliest: Math.min(...starts), latest: Math.max(...ends) }
  return moment.latest < moment.earliest ? null : moment
}
