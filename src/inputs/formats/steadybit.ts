/**
 * Steadybit: experiments as the platform exports them and its command line applies them, as definitions (docs-public,
 * "Quick start" and "API": name, team, environment, hypothesis, lanes with steps); executions as the API and its webhooks
 * give them, as graded runs (docs-public, "Custom webhooks": id, experimentKey, state, steps with actionKind and state; the
 * command line's list: created, ended). No public sample of a finished execution was found.
 */
import type { Field } from '../field.js'
import type { Format, InputFile } from '../format.js'
import {
  type DocumentReading,
  documentsOf,
  isBroken,
  isData,
  isMapping,
  readDocuments,
} from '../chaos-tools/document.js'
import { readDefinition } from './steadybit/definition.js'
import { readExecution } from './steadybit/execution.js'

const HINT = /\b(lanes|experimentKey)["']?\s*:/
const STEP = /\baction(Type|Kind)["']?\s*:/
const SUMMARY = 'an execution without its steps: export it by its id, which records what was attacked'

export default {
  name: 'steadybit',
  title: 'Steadybit experiment or execution',
  standsAlone: true,
  recognises: (file: InputFile) =>
    isData(file) &&
    HINT.test(file.text) &&
    (isBroken(file) ? STEP.test(file.text) : documentsOf(file).some((root) => recordsIn(root).some(isOurs))),
  read: (file: InputFile) => readDocuments(file, readRecords),
} satisfies Format

/** A list of them, one inside of an event, or one. */
function recordsIn(root: Field): Field[] {
  const list = [root, root.get('executions'), root.get('experiments')].find(({ value }) =>
    Array.isArray(value),
  )
  if (list) return list.items()
  return [isMapping(root.get('execution')) ? root.get('execution') : root]
}

function isOurs(record: Field): boolean {
  return isDefinition(record) || isExecution(record)
}

function isDefinition(record: Field): boolean {
  const lanes = record.get('lanes')
  return (
    record.get('name').exists &&
    Array.isArray(lanes.value) &&
    lanes.items().some((lane) => Array.isArray(lane.get('steps').value))
  )
}

function isExecution(record: Field): boolean {
  return ['id', 'experimentKey', 'state'].every((key) => record.get(key).exists)
}

function readRecords(root: Field): DocumentReading {
  const records = recordsIn(root)
  const executions = records.filter((record) => isExecution(record) && !isDefinition(record))
  const whole = executions.filter((execution) => Array.isArray(execution.get('steps').value))
  return {
    facts: [...records.filter(isDefinition).map(readDefinition), ...whole.map(readExecution)],
    ...(whole.length < executions.length && { unused: SUMMARY }),
  }
}
