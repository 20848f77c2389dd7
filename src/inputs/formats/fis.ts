/**
 * AWS Fault Injection Service: experiments as `aws fis get-experiment` prints them, as graded runs; templates as
 * `get-experiment-template` prints them, as they are written to be created, and in CloudFormation, as definitions.
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
import { readRun } from './fis/run.js'
import { readTemplate } from './fis/template.js'

/** One of these stands in every such file: parsing every file to find out would be slow. */
const HINT = /experimentTemplate|AWS::FIS::ExperimentTemplate|\bactionId["']?\s*:\s*["']?aws:/
const RESOURCE = 'AWS::FIS::ExperimentTemplate'
const SUMMARIES =
  'list-experiments output: it says too little for runs; export each with `aws fis get-experiment`'
const TEMPLATE_SUMMARIES =
  'list-experiment-templates output: it says too little; export each with `aws fis get-experiment-template`'

export default {
  name: 'fis',
  title: 'AWS FIS experiment or template',
  standsAlone: true,
  recognises: (file: InputFile) =>
    isData(file) && HINT.test(file.text) && (isBroken(file) || documentsOf(file).some(isOurs)),
  read: (file: InputFile) => readDocuments(file, (root) => together(recordsIn(root).map(readRecord))),
} satisfies Format

function isOurs(root: Field): boolean {
  return recordsIn(root).some((record) => isRun(record) || isTemplate(record) || isSummary(record))
}

/** Experiments and templates of a document, without what is around them: lists of lists are none. */
function recordsIn(root: Field): Field[] {
  const lists = [root, root.get('experiments'), root.get('experimentTemplates')]
  const list = lists.find(({ value }) => Array.isArray(value))
  return list ? list.items().flatMap(recordsOf) : recordsOf(root)
}

function recordsOf(root: Field): Field[] {
  const resources = root.get('Resources')
  if (isMapping(resources))
    return resources
      .entries()
      .flatMap(([, resource]) =>
        resource.get('Type').value === RESOURCE ? [resource.get('Properties')] : [],
      )
  const wrapped = [root.get('experiment'), root.get('experimentTemplate')].find(isMapping)
  return [wrapped ?? root]
}

/** Only a run has both: reference of the FIS API, Experiment and ExperimentTemplate. */
function isRun(record: Field): boolean {
  return (
    record.get('experimentTemplateId').exists && record.get('state').exists && record.get('actions').exists
  )
}

function isTemplate(record: Field): boolean {
  if (record.get('experimentTemplateId').exists) return false
  return ['actions', 'Actions'].some((key) => actionIdsIn(record.get(key)))
}

/** An item of a list, which holds no actions. */
function isSummary(record: Field): boolean {
  const { exists } = record.get('actions')
  const named = record.get('experimentTemplateId').exists && record.get('state').exists
  const arn = record.get('arn').value
  return !exists && (named || (typeof arn === 'string' && arn.includes(':experiment-template/')))
}

function actionIdsIn(actions: Field): boolean {
  return (
    isMapping(actions) &&
    actions.entries().some(([, action]) => action.get('actionId').exists || action.get('ActionId').exists)
  )
}

function readRecord(record: Field): DocumentReading {
  if (isRun(record)) return { facts: [readRun(record)] }
  if (isTemplate(record)) return { facts: [readTemplate(record)] }
  if (!isSummary(record)) return { facts: [] }
  return { facts: [], unused: record.get('experimentTemplateId').exists ? SUMMARIES : TEMPLATE_SUMMARIES }
}

function together(readings: DocumentReading[]): DocumentReading {
  const unused = readings.find((reading) => reading.unused !== undefined)?.unused
  return { facts: readings.flatMap(({ facts }) => facts), ...(unused !== undefined && { unused }) }
}
