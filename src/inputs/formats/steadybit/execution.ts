/**
 * An execution as a graded run. COMPLETED: no step failed, checks included, so the checks held; FAILED: a check or an attack
 * did not do what it should. Which of the two, the steps say.
 */
import type { Run, RunVerdict } from '../../../facts/experiment.js'
import type { Field } from '../../field.js'
import { placed, plainText } from '../../chaos-tools/document.js'
import { gradeOf, invalid, weak, type Weakness } from '../../chaos-tools/grading.js'
import { recordedRun } from '../../chaos-tools/records.js'
import { faultWindow, instantAt, inUtc } from '../../chaos-tools/times.js'
import { readSteps, type Step } from './steps.js'

/** Of an execution that is over, such a step never came to its turn: a check before it had failed. */
const NOT_BEGUN = ['CREATED', 'PREPARED']
const ENDED = ['COMPLETED', 'FAILED', 'CANCELED', 'ERRORED']

export function readExecution(record: Field): Run {
  const steps = readSteps(record.get('steps'))
  const injecting = steps.filter(({ role }) => role === 'injecting')
  const checks = steps.filter(({ role }) => role === 'checking')
  const state = stateOf(record)
  const states = injecting.map(({ at }) => stateOf(at))
  return recordedRun({
    source: placed(record),
    id: `steadybit-${plainText(record.get('id'))}`,
    isExport: true,
    format: 'steadybit',
    experiment: plainText(record.get('experimentKey')),
    startedAt: inUtc(instantAt(record.get('started')) ?? instantAt(record.get('created'))),
    endedAt: inUtc(instantAt(record.get('ended'))),
    environment: plainText(record.get('environment')),
    target: injecting.map(({ target }) => target).find((target) => target !== null) ?? null,
    fault: injecting.map(({ fault }) => fault).find((fault) => fault !== null) ?? null,
    verdict: verdictOf(state, checks),
    ...gradeOf(weaknessesOf(state, injecting, checks)),
    ...faultWindow(injecting.map(stepTimes)),
    faultVerified: injecting.some((step) => isNotInjected(step, state))
      ? false
      : states.length > 0 && states.every((state) => state === 'COMPLETED')
        ? true
        : null,
  })
}

function stateOf(at: Field): string | null {
  return plainText(at.get('state'))?.toUpperCase() ?? null
}

/** Only checks say anything about the service. */
function verdictOf(state: string | null, checks: Step[]): RunVerdict {
  if (state === 'CANCELED') return 'aborted'
  const states = checks.map(({ at }) => stateOf(at))
  if (states.includes('FAILED')) return 'fail'
  const held = states.length > 0 && states.every((state) => state === 'COMPLETED')
  return state === 'COMPLETED' && held ? 'pass' : 'unknown'
}

function weaknessesOf(state: string | null, injecting: Step[], checks: Step[]): Weakness[] {
  const found = [weak('the record has no series of observations, so what its checks saw cannot be timed')]
  if (checks.length === 0) found.push(weak('no check looks at the service: an exploration, not a test'))
  if (state === null || !ENDED.includes(state))
    found.push(weak(`it was ${state ?? 'without a state'} when it was exported`))
  if (state === 'ERRORED') found.push(weak('the platform could not run it as planned: ERRORED'))
  if (state === 'CANCELED') found.push(weak('it was cancelled before its end'))
  if (injecting.length === 0) found.push(invalid('no step injects a fault'))
  for (const step of injecting) found.push(...stepWeaknesses(step, state))
  return found
}

function isNotInjected(step: Step, execution: string | null): boolean {
  const state = stateOf(step.at) ?? ''
  const hasBegun = step.at.get('started').exists
  return (
    ['ERRORED', 'SKIPPED'].includes(state) ||
    (!hasBegun && NOT_BEGUN.includes(state) && ENDED.includes(execution ?? ''))
  )
}

function stepWeaknesses(step: Step, execution: string | null): Weakness[] {
  const state = stateOf(step.at)
  const { start, end } = stepTimes(step)
  const noTarget = step.at.get('totalTargetCount').value === 0
  const found: Weakness[] = []
  if (isNotInjected(step, execution)) found.push(invalid(`fault not injected: step ${step.name} is ${state}`))
  else if (state !== 'COMPLETED')
    found.push(weak(`injection not proven: step ${step.name} is ${state ?? 'without a state'}`))
  if (noTarget) found.push(invalid(`fault not injected: step ${step.name} had no target`))
  if (start === null || end === null)
    found.push(weak(`when step ${step.name} began and ended is not recorded`))
  else if (end < start) found.push(weak(`step ${step.name} ended before it began`))
  return found
}

function stepTimes({ at, lasts }: Step) {
  return {
    start: instantAt(at.get('started')),
    end: instantAt(at.get('ended')),
    lasts,
    completed: stateOf(at) === 'COMPLETED',
  }
}
