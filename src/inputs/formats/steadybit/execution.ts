/**
 * An execution as a graded run. COMPLETED: no step failed, checks included, so the checks held; FAILED: a check or an attack
 * did not do what it should. Which of the two, the steps say.
 */
import type { Run, RunVerdict } from '../../../facts/experiment.js'
import { type Meaning, meaningOf } from '../../../knowledge/experiment-tools.js'
import type { Field } from '../../field.js'
import { placed, plainText } from '../../chaos-tools/document.js'
import { gradeOf, invalid, unknownState, weak, type Weakness } from '../../chaos-tools/grading.js'
import { recordedRun } from '../../chaos-tools/records.js'
import { faultWindow, instantAt, inUtc } from '../../chaos-tools/times.js'
import type { Step } from '../../chaos-tools/step.js'
import { readSteps } from './steps.js'

const FORMAT = 'steadybit'

export function readExecution(record: Field): Run {
  const steps = readSteps(record.get('steps'))
  const injecting = steps.filter(({ role }) => role === 'injecting')
  const checks = steps.filter(({ role }) => role === 'checking')
  const states = injecting.map(cameTo)
  return recordedRun({
    source: placed(record),
    id: `steadybit-${plainText(record.get('id'))}`,
    isExport: true,
    format: FORMAT,
    experiment: plainText(record.get('experimentKey')),
    startedAt: inUtc(instantAt(record.get('started')) ?? instantAt(record.get('created'))),
    endedAt: inUtc(instantAt(record.get('ended'))),
    environment: plainText(record.get('environment')),
    target: injecting.map(({ target }) => target).find((target) => target !== null) ?? null,
    fault: injecting.map(({ fault }) => fault).find((fault) => fault !== null) ?? null,
    verdict: verdictOf(record, checks),
    ...gradeOf(weaknessesOf(record, injecting, checks)),
    ...faultWindow(injecting.map(stepTimes)),
    faultVerified: injecting.some((step) => isNotInjected(step, record))
      ? false
      : states.length > 0 && states.every((state) => state === 'done')
        ? true
        : null,
  })
}

function stateOf(at: Field): string | null {
  return plainText(at.get('state'))
}

/** Null for a state that is not recorded, and for one that is not known. */
function endedAs(record: Field): Meaning | null {
  return meaningOf(FORMAT, 'run', stateOf(record))
}

function cameTo({ at }: Step): Meaning | null {
  return meaningOf(FORMAT, 'step', stateOf(at))
}

/** Only checks say anything about the service. */
function verdictOf(record: Field, checks: Step[]): RunVerdict {
  const ended = endedAs(record)
  if (ended === 'stopped') return 'aborted'
  const states = checks.map(cameTo)
  if (states.includes('failed')) return 'fail'
  const held = states.length > 0 && states.every((state) => state === 'done')
  return ended === 'done' && held ? 'pass' : 'unknown'
}

function weaknessesOf(record: Field, injecting: Step[], checks: Step[]): Weakness[] {
  const [state, ended] = [stateOf(record), endedAs(record)]
  const found = [weak('the record has no series of observations, so what its checks saw cannot be timed')]
  if (checks.length === 0) found.push(weak('no check looks at the service: an exploration, not a test'))
  if (state !== null && ended === null) found.push(unknownState('the run', state))
  if (state === null || ended === 'going')
    found.push(weak(`it was ${state ?? 'without a state'} when it was exported`))
  if (ended === 'broken') found.push(weak(`the platform could not run it as planned: ${state}`))
  if (ended === 'stopped') found.push(weak('it was cancelled before its end'))
  if (injecting.length === 0) found.push(invalid('no step injects a fault'))
  for (const step of injecting) found.push(...stepWeaknesses(step, record))
  for (const check of checks) found.push(...unknownStateOf(check))
  return found
}

/** Of an execution that is over, a step that waits never came to its turn: a check before it had failed. */
function isNotInjected(step: Step, record: Field): boolean {
  const [state, ended] = [cameTo(step), endedAs(record)]
  const isOver = ended !== null && ended !== 'going'
  const hasBegun = step.at.get('started').exists
  return state === 'broken' || state === 'skipped' || (!hasBegun && state === 'waiting' && isOver)
}

function unknownStateOf({ at, name }: Step): Weakness[] {
  const state = stateOf(at)
  return state !== null && meaningOf(FORMAT, 'step', state) === null
    ? [unknownState(`step ${name}`, state)]
    : []
}

function stepWeaknesses(step: Step, record: Field): Weakness[] {
  const state = stateOf(step.at)
  const { start, end } = stepTimes(step)
  const noTarget = step.at.get('totalTargetCount').value === 0
  const found: Weakness[] = unknownStateOf(step)
  if (isNotInjected(step, record)) found.push(invalid(`fault not injected: step ${step.name} is ${state}`))
  else if (cameTo(step) !== 'done')
    found.push(weak(`injection not proven: step ${step.name} is ${state ?? 'without a state'}`))
  if (noTarget) found.push(invalid(`fault not injected: step ${step.name} had no target`))
  if (start === null || end === null)
    found.push(weak(`when step ${step.name} began and ended is not recorded`))
  else if (end < start) found.push(weak(`step ${step.name} ended before it began`))
  return found
}

function stepTimes(step: Step) {
  const { at, lasts } = step
  return {
    start: instantAt(at.get('started')),
    end: instantAt(at.get('ended')),
    lasts,
    completed: cameTo(step) === 'done',
  }
}
