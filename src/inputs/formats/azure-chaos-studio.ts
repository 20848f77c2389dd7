/**
 * Azure Chaos Studio: execution details as `getExecutionDetails` answers (Azure REST API, Chaos Studio, "Experiments -
 * Execution Details", versions 2023-11-01 to 2025-01-01). An execution without `runInformation`, as lists hold them, says
 * too little for a run.
 */
import type { Field } from '../field.js'
import type { Format, InputFile } from '../format.js'
import {
  type DocumentReading,
  documentsOf,
  isBroken,
  isData,
  isMapping,
  plainText,
  readDocuments,
} from '../chaos-tools/document.js'
import { readRun } from './azure-chaos-studio/run.js'

const HINT = /Microsoft\.Chaos\/experiments\/executions/i
const SUMMARY =
  'an execution without its details: export it with getExecutionDetails, which records actions and their times'

export default {
  name: 'azure-chaos-studio',
  title: 'Azure Chaos Studio execution details',
  standsAlone: true,
  recognises: (file: InputFile) =>
    isData(file) &&
    HINT.test(file.text) &&
    (isBroken(file) || documentsOf(file).some((root) => executionsIn(root).length > 0)),
  read: (file: InputFile) => readDocuments(file, readExecutions),
} satisfies Format

/** One, or the `value` of a list. */
function executionsIn(root: Field): Field[] {
  const list = [root, root.get('value')].find(({ value }) => Array.isArray(value))
  return (list?.items() ?? [root]).filter(
    (entry) => isMapping(entry.get('properties')) && HINT.test(plainText(entry.get('type')) ?? ''),
  )
}

function readExecutions(root: Field): DocumentReading {
  const executions = executionsIn(root)
  const detailed = executions.filter((execution) => isMapping(execution.get('properties', 'runInformation')))
  return {
    facts: detailed.map(readRun),
    ...(detailed.length < executions.length && { unused: SUMMARY }),
  }
}
