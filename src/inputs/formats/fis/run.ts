/** An experiment that FIS ran, graded: `completed` is said of the actions, never of the service. */
import type { Run, RunVerdict } from '../../../facts/experiment.js'
import { type Meaning, meaningOf } from '../../../knowledge/experiment-tools.js'
import { BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED } from '../../../recovery/unmeasured.js'
import type { Field } from '../../field.js'
import { placed, plainText, plainTexts } from '../../chaos-tools/document.js'
import { gradeOf, invalid, unknownState, weak, type Weakness } from '../../chaos-tools/grading.js'
import { recordedRun } from '../../chaos-tools/records.js'
import { faultWindow, instantAt, inUtc } from '../../chaos-tools/times.js'
import { type Action, readActions, stopConditions } from './actions.js'

const FORMAT = 'fis'
/** What an action came to without which its fault was not there, or not as planned. */
const NOT_INJECTED: (Meaning | null)[] = ['skipped', 'broken', 'cancelled']
const GIVEN_UP: (Meaning | null)[] = ['stopping', 'stopped', 'cancelled']

export function readRun(record: Field): Run {
  const actions = readActions(record)
  const injecting = actions.filter(({ role }) => role === 'injecting')
  const start = instantAt(record.get('startTime'))
  const end = instantAt(record.get('endTime'))
  const tags = plainTexts(record.get('tags'))
  const conditions = stopConditions(record)
  const states = injecting.map(cameTo)
  return recordedRun({
    source: placed(record),
    id: `fis-${plainText(record.get('id')) ?? plainText(record.get('arn')) ?? 'unnamed'}`,
    ...(record.get('id').exists && { isExport: true as const }),
    format: FORMAT,
    experiment: plainText(record.get('experimentTemplateId')),
    startedAt: inUtc(start ?? instantAt(record.get('creationTime'))),
    endedAt: inUtc(end),
    tags: Object.entries(tags).map(([key, value]) => `${key}=${value}`),
    environment: tags['environment'] ?? tags['Environment'] ?? null,
    target: firstKnown(injecting.map(({ target }) => target)),
    fault: firstKnown(injecting.map(({ fault }) => fault)),
    verdict: verdictOf(record),
    ...gradeOf(weaknessesOf(record, injecting, { start, end })),
    ...faultWindow(injecting.filter((action) => cameTo(action) !== 'skipped').map(stepOf)),
    faultVerified: states.some((state) => NOT_INJECTED.includes(state))
      ? false
      : states.length > 0 && states.every((state) => state === 'done')
        ? true
        : null,
    load: actions.some((action) => action.role === 'load' && cameTo(action) === 'done') ? true : null,
    ...(conditions !== null && { stoppable: conditions.length > 0 }),
    alerts: firedAlarms(record, conditions ?? []),
  })
}

function statusOf(record: Field): string | null {
  return plainText(record.get('state', 'status'))
}

function stateOf({ at }: Action): string | null {
  return plainText(at.get('state', 'status'))
}

/** Null for a state that is not recorded, and for one that is not known. */
function cameTo(action: Action): Meaning | null {
  return meaningOf(FORMAT, 'step', stateOf(action))
}

/** FIS has no verdict on the service; what was stopped was given up. */
function verdictOf(record: Field): RunVerdict {
  return GIVEN_UP.includes(meaningOf(FORMAT, 'run', statusOf(record))) ? 'aborted' : 'unknown'
}

/** As the tool gives it, to follow on what it is a reason for. */
function reasonOf(at: Field): string {
  const reason = plainText(at.get('state', 'reason'))
  return reason === null ? '' : `: ${reason}`
}

function weaknessesOf(
  record: Field,
  injecting: Action[],
  { start, end }: { start: number | null; end: number | null },
): Weakness[] {
  const status = statusOf(record)
  const meaning = meaningOf(FORMAT, 'run', status)
  const because = reasonOf(record)
  const found = [weak(BASELINE_NOT_MEASURED), weak(OUTCOME_NOT_MEASURED)]
  if (status === null) found.push(weak('its state is not recorded'))
  else if (meaning === null) found.push(unknownState('the run', status))
  else if (meaning === 'going' || meaning === 'stopping')
    found.push(weak(`it was ${status} when it was exported`))
  else if (meaning === 'failed') found.push(weak(`the experiment failed${because}`))
  else if (meaning === 'cancelled') found.push(invalid(`the experiment was cancelled${because}`))
  else if (meaning === 'stopped') found.push(weak(`it was stopped before its end${because}`))
  if (plainText(record.get('experimentOptions', 'actionsMode')) === 'skip-all')
    found.push(invalid('actionsMode skip-all: only the targets were resolved, nothing was injected'))
  if (injecting.length === 0) found.push(invalid('no action injects a fault'))
  found.push(...injecting.flatMap(actionWeaknesses))
  if (start === null) found.push(weak('when it started is not recorded'))
  if (start !== null && end !== null && end < start) found.push(weak('its end is before its start'))
  return found
}

function actionWeaknesses(action: Action): Weakness[] {
  const { at, name } = action
  const [state, meaning, because] = [stateOf(action), cameTo(action), reasonOf(at)]
  if (NOT_INJECTED.includes(meaning))
    return [
      invalid(
        `fault not injected: action ${name} was ${meaning === 'broken' ? 'not done, it failed' : state}${because}`,
      ),
    ]
  const { start, end } = stepOf(action)
  return [
    ...(state === null ? [weak(`injection not proven: the state of action ${name} is not recorded`)] : []),
    ...(state !== null && meaning === null ? [unknownState(`action ${name}`, state)] : []),
    ...(meaning !== null && meaning !== 'done' ? [weak(`action ${name} was ${state}${because}`)] : []),
    ...(start === null || end === null ? [weak(`when action ${name} began and ended is not recorded`)] : []),
    ...(start !== null && end !== null && end < start ? [weak(`action ${name} ended before it began`)] : []),
  ]
}

function stepOf(action: Action) {
  return {
    start: instantAt(action.at.get('startTime')),
    end: instantAt(action.at.get('endTime')),
    lasts: action.lasts,
    completed: cameTo(action) === 'done',
  }
}

/** Which alarm stopped it is told only where there is one; when it fired is not told at all. */
function firedAlarms(record: Field, conditions: { alarm: string | null }[]): Run['alerts'] {
  const [only, ...others] = conditions
  const meaning = meaningOf(FORMAT, 'run', statusOf(record))
  const isStopped = meaning === 'stopped' || meaning === 'stopping'
  const byCondition = /stop condition|alarm/i.test(plainText(record.get('state', 'reason')) ?? '')
  if (!isStopped || !byCondition || !only?.alarm || others.length > 0) return []
  return [{ name: only.alarm, firedAt: null, afterSeconds: null }]
}

function firstKnown(names: (string | null)[]): string | null {
  return names.find((name) => name !== null) ?? null
}
