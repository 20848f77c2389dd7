/**
 * Gremlin: executions of an experiment, one per target, as its Executions API answers
 * (gremlin.com/docs/viewing-experiment-execution-details): `guid`, `target_type`, `client_id` and `service_states`, each with
 * `stage` and `timestamp`. The documentation truncates its example, so that only these fields are relied on. Attacks and
 * scenarios have no public sample with times and are not read.
 */
import type { Run, RunVerdict } from '../../facts/experiment.js'
import { parseInstant } from '../../facts/instants.js'
import { type Meaning, meaningOf } from '../../knowledge/experiment-tools.js'
import { BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED } from '../../recovery/unmeasured.js'
import type { Field } from '../field.js'
import type { Format, InputFile } from '../format.js'
import {
  documentsOf,
  isBroken,
  isData,
  isMapping,
  placed,
  plainText,
  readDocuments,
} from '../chaos-tools/document.js'
import { gradeOf, invalid, unknownState, weak, type Weakness } from '../chaos-tools/grading.js'
import { recordedRun } from '../chaos-tools/records.js'
import { faultNamed } from '../chaos-tools/roles.js'
import { faultWindow, instantAt, inUtc } from '../chaos-tools/times.js'

const FORMAT = 'gremlin'
const HINT = /\bservice_states["']?\s*:/

export default {
  name: 'gremlin',
  title: 'Gremlin executions',
  standsAlone: true,
  recognises: (file: InputFile) =>
    isData(file) &&
    HINT.test(file.text) &&
    (isBroken(file) || documentsOf(file).some((root) => executionsIn(root).length > 0)),
  read: (file: InputFile) =>
    readDocuments(file, (root) => ({ facts: executionsIn(root).map(readExecution) })),
} satisfies Format

function executionsIn(root: Field): Field[] {
  const entries = Array.isArray(root.value) ? root.items() : [root]
  return entries.filter(
    (entry) => isMapping(entry) && plainText(entry.get('guid')) !== null && statesOf(entry).length > 0,
  )
}

function statesOf(execution: Field): Field[] {
  const states = execution.get('service_states')
  return Array.isArray(states.value)
    ? states.items().filter((state) => plainText(state.get('stage')) !== null)
    : []
}

function readExecution(execution: Field): Run {
  const states = inOrderOfTime(statesOf(execution))
  const stages = states.map((state) => plainText(state.get('stage'))!)
  const came = stages.map((stage) => meaningOf(FORMAT, 'run', stage))
  const at = (meaning: Meaning): number | null => {
    const state = states[came.indexOf(meaning)]
    return state ? instantAt(state.get('timestamp')) : null
  }
  const [running, tearing] = [at('injected'), at('removing')]
  const end = instantAt(states.at(-1)!.get('timestamp'))
  const before = states[came.indexOf('injected') - 1]
  const attack = plainText(execution.get('kind')) ?? plainText(execution.get('attack_type'))
  return recordedRun({
    source: placed(execution),
    id: `gremlin-${plainText(execution.get('guid'))}`,
    isExport: true,
    format: FORMAT,
    experiment: plainText(execution.get('task_id')) ?? plainText(execution.get('taskId')),
    startedAt: inUtc(instantAt(states[0]!.get('timestamp'))),
    endedAt: inUtc(end),
    target: plainText(execution.get('client_id')),
    fault: attack === null ? null : faultNamed(`gremlin ${attack}`),
    verdict: verdictOf(came.at(-1)!),
    ...gradeOf(weaknessesOf(stages, came, states)),
    // Between the stage before and this one it was injected; between tearing down and the end it was removed.
    faultStart: windowBetween(before === undefined ? null : timeOf(before), running),
    faultEnd: windowBetween(tearing, end),
    faultVerified: wasInjected(came),
  })
}

/** The API lists them in either direction. Where one has no time, only the direction of the whole list can be told. */
function inOrderOfTime(states: Field[]): Field[] {
  const times = states.map(timeOf)
  const rising = isRising([...times].reverse()) && !isRising(times) ? [...states].reverse() : states
  if (times.includes(null)) return rising
  // Stages of one instant stay as they follow each other.
  return rising
    .map((state) => ({ state, at: timeOf(state)! }))
    .sort((a, b) => a.at - b.at)
    .map(({ state }) => state)
}

function isRising(times: (number | null)[]): boolean {
  const known = times.filter((time) => time !== null)
  return known.every((time, index) => index === 0 || known[index - 1]! <= time)
}

function timeOf(state: Field): number | null {
  const text = plainText(state.get('timestamp'))
  return text === null ? null : parseInstant(text)
}

function windowBetween(start: number | null, end: number | null): Run['faultStart'] {
  return faultWindow([{ start, end, lasts: null, completed: true }]).faultStart
}

type Came = (Meaning | null)[]

/** Such a stage comes after an injection, or may be one. */
const LATER: Came = [null, 'removing', 'failed', 'lost', 'done']

function wasInjected(came: Came): boolean | null {
  if (came.includes('injected')) return true
  return came.some((meaning) => LATER.includes(meaning)) ? null : false
}

/** Success is said of the attack; what was halted was given up. */
function verdictOf(last: Meaning | null): RunVerdict {
  return last === 'stopped' || last === 'stopping' ? 'aborted' : 'unknown'
}

function weaknessesOf(stages: string[], came: Came, states: Field[]): Weakness[] {
  const last = stages.at(-1)!
  const times = states.map(timeOf)
  const found = [weak(BASELINE_NOT_MEASURED), weak(OUTCOME_NOT_MEASURED)]
  const strange = stages.filter((_, index) => came[index] === null)
  found.push(...strange.map((stage) => unknownState('the attack', stage)))
  if (wasInjected(came) === false)
    found.push(invalid(`fault not injected: it never ran, its last stage is ${last}`))
  else if (!came.includes('injected'))
    found.push(weak('injection not proven: no stage in which it ran is recorded'))
  if (came.at(-1) !== 'done') found.push(weak(`its last stage is ${last}`))
  if (times.includes(null)) found.push(weak('not every stage has a time'))
  if (!isRising(times)) found.push(weak('its stages are not in order of time'))
  return found
}
