/** The configuration of Alertmanager (alertmanager.yml): who is told of which alerts. */
import type { AlertRouting } from '../../facts/routing.js'
import { Field } from '../field.js'
import type { Format, InputFile, Problem, Reading } from '../format.js'
import { DISUSED, isDisused } from '../left-out.js'
import { describeProblems } from '../problems.js'
import { holdsRouting, readRoutingTree } from '../routing/routing-tree.js'
import { parseYaml } from '../yaml/parse.js'
import { DATA_FILES } from '../extensions.js'

const alertmanager: Format = {
  name: 'alertmanager',
  title: 'Alertmanager configuration',
  recognises: ({ extension, text }) => DATA_FILES.includes(extension) && holdsRouting(text),
  read: readConfiguration,
}
export default alertmanager

function readConfiguration(file: InputFile): Reading {
  if (isDisused(file.path)) return DISUSED
  const problems: Problem[] = []
  const documents = parseYaml(file)
  const facts = documents.flatMap((document): AlertRouting[] => {
    problems.push(...document.problems)
    const whole = Field.of(document, problems)
    const tree = readRoutingTree(whole)
    const place = { object: null, isPart: false, namespace: null, name: null, labels: {}, ignores: {} }
    return tree ? [{ fact: 'alert-routing', source: tree.root.source, ...place, ...tree }] : []
  })
  if (documents.every((document) => document.value === null))
    return { facts, problems, failed: describeProblems(problems) }
  return problems.length > 0 ? { facts, problems, partial: describeProblems(problems) } : { facts, problems }
}
