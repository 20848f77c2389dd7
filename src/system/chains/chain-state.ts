/** Did we try it: the state of a chain by the runs and definitions that speak of it. */
import { formatDuration } from '../../facts/units.js'
import type { Experiment, Run } from '../../facts/experiment.js'
import { compareText } from '../../facts/source.js'
import type { Configuration } from '../../knowledge/configuration.js'
import type { ChainPolicy } from '../../knowledge/policies.js'
import type { System } from '../component.js'
import { withoutRecords } from '../run-records.js'
import { trialsOf, type Related } from './chain-trials.js'
import type { Chain } from './chains.js'

export interface ChainState {
  state: 'UNTESTED' | 'PLANNED' | 'PARTIAL' | 'FAILED' | 'STALE' | 'TESTED'
  linksCovered: number
  /** `note`: what its record says in words of its own. */
  runs: { run: string; counts: boolean; why: string; note: string | null }[]
  /** Ids of the experiments that plan it. */
  plans: string[]
  related: Related[]
  /** Of the runs that count, how many failed, and in how many recovery took longer than the objective. */
  failures: { counting: number; failed: number; late: number }
  /** Why it is not known whether it was tried: what plans it may have run without a record among the inputs. */
  untold: string | null
}

interface Evidence {
  experiments: Experiment[]
  runs: Run[]
  configuration: Configuration
  policy: ChainPolicy
  /** RFC 3339; ages count from here. */
  asOf: string
}

const SECONDS_PER_DAY = 86_400

/**
 * A chain is tested when nine conditions hold: trigger injected, run valid, every link covered, load present, recovery
 * within the objective, alert fired, environment good enough, fresh, rolled back. Names that merely look alike never count.
 */
export function stateOf(chain: Chain, system: System, evidence: Evidence): ChainState {
  const { plans, runs: all, related } = trialsOf(chain, system, evidence)
  const judged = all.sort(newestFirst).map((run) => ({ run, ...judge(run, chain, system, evidence) }))
  const counting = judged.filter((judgement) => judgement.counts)
  const trials = {
    runs: judged.map(({ run, counts, why }) => ({ run: run.id, counts, why, note: run.notes })),
    plans: plans.map(({ id }) => id),
    related,
    failures: failuresIn(
      counting.map(({ run }) => run),
      evidence.configuration,
    ),
  }
  // The links are those of the run that decides the state: an older run's would contradict it.
  const newest = counting[0]
  if (newest)
    return { state: newest.state, linksCovered: coveredLinks(newest.run, chain), ...trials, untold: null }
  const state = plans.length > 0 ? 'PLANNED' : 'UNTESTED'
  const untold = plans.map((plan) => withoutRecords(plan, evidence.runs)).find((why) => why !== null) ?? null
  return { state, linksCovered: 0, ...trials, untold }
}

function failuresIn(runs: Run[], { objectives }: Configuration): ChainState['failures'] {
  const objective = objectives.recoverySeconds
  return {
    counting: runs.length,
    failed: runs.filter(({ verdict }) => verdict === 'fail').length,
    late: objective === undefined ? 0 : runs.filter(({ recovery }) => isLate(recovery, objective)).length,
  }
}

function newestFirst(a: Run, b: Run): number {
  return compareText(b.startedAt ?? '', a.startedAt ?? '') || compareText(a.id, b.id)
}

/** A run that injects the trigger tries the first link; only a declaration says that the others were watched. */
function coveredLinks(run: Run, chain: Chain): number {
  return run.covers.includes(chain.id) ? chain.links.length : Math.min(1, chain.links.length)
}

function judge(
  run: Run,
  chain: Chain,
  system: System,
  { configuration, policy, asOf }: Evidence,
): { counts: boolean; why: string; state: ChainState['state'] } {
  if (run.grade !== 'valid')
    return { counts: false, why: `graded ${run.grade}: ${run.reasons.join('; ')}`, state: 'UNTESTED' }
  if (run.startedAt !== null && Date.parse(run.startedAt) > Date.parse(asOf))
    return { counts: false, why: 'it starts after the date of this report', state: 'UNTESTED' }
  if (run.verdict === 'aborted') return { counts: false, why: 'the run was aborted', state: 'UNTESTED' }
  if (run.verdict === 'fail')
    return { counts: true, why: `the run failed; ${sightingOf(run, chain, system)}`, state: 'FAILED' }
  const objective = configuration.objectives.recoverySeconds
  if (objective !== undefined && isLate(run.recovery, objective))
    return { counts: true, why: `recovery took longer than ${formatDuration(objective)}`, state: 'FAILED' }
  const lacking = lackingConditions(run, chain, configuration, policy)
  if (lacking.length > 0)
    return {
      counts: true,
      why: `covers ${coveredLinks(run, chain)} of ${chain.links.length} links; ${lacking.join('; ')}`,
      state: 'PARTIAL',
    }
  const days =
    run.startedAt === null
      ? Infinity
      : (Date.parse(asOf) - Date.parse(run.startedAt)) / 1000 / SECONDS_PER_DAY
  const { freshnessDays } = configuration.policies
  if (days > freshnessDays)
    return {
      counts: true,
      why: run.startedAt === null ? 'when it ran is not recorded' : `older than ${freshnessDays} days`,
      state: 'STALE',
    }
  return {
    counts: true,
    why: 'all nine conditions hold; whether anything involved changed since the run was not checked',
    state: 'TESTED',
  }
}

/** Which links a failed run is known to have shown: those at whose end an alert fired, or all that it says it watched. */
function sightingOf(run: Run, { id, links }: Chain, system: System): string {
  if (run.covers.includes(id)) return 'its record states that it observed all links'
  const fired = new Set(run.alerts.map(({ name }) => name))
  const seen = links.flatMap(({ to }, index) => {
    const ties = system.component(to)?.alerts ?? []
    const tie = ties.find(({ alert, certainty }) => certainty === 'named' && fired.has(alert.name))
    return tie ? [`link ${index + 1} was seen (${tie.alert.name} fired)`] : []
  })
  return seen.join(', ') || 'its record does not state which links were seen'
}

function lackingConditions(
  run: Run,
  chain: Chain,
  configuration: Configuration,
  policy: ChainPolicy,
): string[] {
  const objective = configuration.objectives.recoverySeconds
  const { requiredEnvironment } = configuration.policies
  const unnoticed = notNoticedInTime(run, chain)
  const lacking: [boolean, string][] = [
    [run.verdict !== 'pass', `the verdict is ${run.verdict}`],
    [
      coveredLinks(run, chain) < chain.links.length,
      'its record does not state that it observed the other links',
    ],
    [run.load !== true, 'no load is recorded'],
    [objective === undefined, 'no recovery objective is declared'],
    [
      objective !== undefined && !isInTime(run.recovery, objective),
      `no recovery within ${formatDuration(objective ?? 0)} was measured`,
    ],
    [unnoticed !== null, unnoticed ?? ''],
    [
      !isEnough(run.environment, requiredEnvironment, policy),
      `it ran in ${run.environment ?? 'an unknown environment'}, not in ${requiredEnvironment} or nearer to users`,
    ],
    [run.rolledBack !== true, 'the rollback is not recorded as done'],
  ]
  return lacking.flatMap(([lacks, why]) => (lacks ? [why] : []))
}

/** Why the record does not show that an alert of the chain noticed the fault in time; null when it does. */
function notNoticedInTime(run: Run, { detection }: Chain): string | null {
  const fired = run.alerts.filter((alert) => detection.alerts.includes(alert.name))
  if (fired.length === 0) return 'none of its alerts is recorded as fired'
  const delays = fired.flatMap(({ afterSeconds }) => afterSeconds ?? [])
  if (delays.length === 0) return 'how long after the fault its alert fired is not recorded'
  const since = delays.filter((delay) => delay >= 0)
  if (since.length === 0) return 'its alert fired before the fault began'
  const limit = detection.worstAwake ?? Infinity
  return since.some((delay) => delay <= limit)
    ? null
    : `its alert fired later than the ${formatDuration(limit)} it may take`
}

/** The latest moment that the record allows for the recovery lies within the objective. */
function isInTime({ kind, seconds, high }: Run['recovery'], objective: number): boolean {
  if (kind === 'absorbed') return true
  const latest = kind === 'recovered' ? seconds : kind === 'between' ? high : null
  return latest !== null && latest <= objective
}

/** The earliest moment that the record allows lies beyond it; `between` and `not-recovered-within` exclude their low end. */
function isLate({ kind, seconds, low }: Run['recovery'], objective: number): boolean {
  if (kind === 'recovered') return seconds !== null && seconds > objective
  return (kind === 'between' || kind === 'not-recovered-within') && low !== null && low >= objective
}

/** Environments that the policy does not list are compared by name only. */
function isEnough(environment: string | null, required: string, { environments }: ChainPolicy): boolean {
  if (environment === required) return true
  const [ran, least] = [environment ?? '', required].map((name) =>
    environments.findIndex((names) => names.includes(name.toLowerCase())),
  ) as [number, number]
  return least >= 0 && ran >= least
}
