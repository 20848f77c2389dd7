/** Execution details as a graded run: a status is said of the actions, never of the service. */
import type { Run, RunVerdict } from '../../../facts/experiment.js'
import { type Meaning, meaningOf } from '../../../knowledge/experiment-tools.js'
import { BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED } from '../../../recovery/unmeasured.js'
import type { Field } from '../../field.js'
import { placed, plainText } from '../../chaos-tools/document.js'
import { gradeOf, invalid, unknownState, weak, type Weakness } from '../../chaos-tools/grading.js'
import { recordedRun } from '../../chaos-tools/records.js'
import { faultNamed, roleOf } from '../../chaos-tools/roles.js'
import { faultWindow, instantAt, inUtc } from '../../chaos-tools/times.js'

const FORMAT = 'azure-chaos-studio'
const NOT_DONE: (Meaning | null)[] = ['broken', 'skipped', 'cancelled']

interface Action {
  at: Field
  name: string
  status: string | null
  /** Null for a status that is not recorded, and for one that is not known. */
  cameTo: Meaning | null
  start: number | null
  end: number | null
  target: string | null
}

export function readRun(execution: Field): Run {
  const properties = execution.get('properties')
  const actions = actionsOf(properties.get('runInformation'))
  const injecting = actions.filter(({ name }) => roleOf(name) === 'injecting')
  const status = statusOf(properties)
  const start = instantAt(properties.get('startedAt'))
  const end = instantAt(properties.get('stoppedAt'))
  const id = plainText(execution.get('id'))
  return recordedRun({
    source: placed(execution),
    id: `azure-chaos-studio-${plainText(execution.get('name')) ?? id ?? 'unnamed'}`,
    ...(id !== null && { isExport: true as const }),
    format: FORMAT,
    experiment: /\/experiments\/([^/]+)\//i.exec(id ?? '')?.[1] ?? null,
    startedAt: inUtc(start),
    endedAt: inUtc(end),
    target: injecting.map(({ target }) => target).find((target) => target !== null) ?? null,
    fault: injecting.map(({ name }) => faultNamed(name)).find((fault) => fault !== null) ?? null,
    verdict: verdictOf(status),
    ...gradeOf(weaknessesOf(properties, injecting, status)),
    // How long an action was to last is not recorded here.
    ...faultWindow(
      injecting.map((action) => ({ ...action, lasts: null, completed: action.cameTo === 'done' })),
    ),
    faultVerified: injecting.some(({ cameTo }) => NOT_DONE.includes(cameTo))
      ? false
      : injecting.length > 0 && injecting.every(({ cameTo }) => cameTo === 'done')
        ? true
        : null,
    load: actions.some(({ name, cameTo }) => roleOf(name) === 'load' && cameTo === 'done') ? true : null,
  })
}

function actionsOf(information: Field): Action[] {
  const list = (field: Field): Field[] => (Array.isArray(field.value) ? field.items() : [])
  return list(information.get('steps'))
    .flatMap((step) => list(step.get('branches')))
    .flatMap((branch) => list(branch.get('actions')))
    .map((at) => ({
      at,
      name: plainText(at.get('actionName')) ?? plainText(at.get('actionId')) ?? 'unnamed',
      status: statusOf(at),
      cameTo: meaningOf(FORMAT, 'step', statusOf(at)),
      start: instantAt(at.get('startTime')),
      end: instantAt(at.get('endTime')),
      target: targetOf(list(at.get('targets'))),
    }))
}

/** Of a resource id the name of the resource, when there is one only. */
function targetOf(targets: Field[]): string | null {
  const [only, ...others] = targets.map((target) => plainText(target.get('target')))
  if (!only || others.length > 0) return null
  const resource = only.split(/\/providers\/Microsoft\.Chaos\//i)[0]!
  return resource.split('/').at(-1) ?? null
}

function statusOf(at: Field): string | null {
  return plainText(at.get('status'))?.toLowerCase() ?? null
}

function verdictOf(status: string | null): RunVerdict {
  const ended = meaningOf(FORMAT, 'run', status)
  return ended === 'stopped' || ended === 'stopping' ? 'aborted' : 'unknown'
}

function weaknessesOf(properties: Field, injecting: Action[], status: string | null): Weakness[] {
  const failure = plainText(properties.get('failureReason'))
  const found = [weak(BASELINE_NOT_MEASURED), weak(OUTCOME_NOT_MEASURED)]
  const ended = meaningOf(FORMAT, 'run', status)
  if (status !== null && ended === null) found.push(unknownState('the run', status))
  else if (ended !== 'done')
    found.push(weak(`its status is ${status ?? 'not recorded'}${failure === null ? '' : `: ${failure}`}`))
  if (injecting.length === 0) found.push(invalid('no action injects a fault'))
  for (const { name, status, cameTo, start, end } of injecting) {
    if (status !== null && cameTo === null) found.push(unknownState(`action ${name}`, status))
    if (NOT_DONE.includes(cameTo)) found.push(invalid(`fault not injected: action ${name} was ${status}`))
    else if (cameTo !== 'done')
      found.push(weak(`injection not proven: action ${name} is ${status ?? 'without a status'}`))
    if (start === null || end === null)
      found.push(weak(`when action ${name} began and ended is not recorded`))
    else if (end < start) found.push(weak(`action ${name} ended before it began`))
  }
  return found
}
