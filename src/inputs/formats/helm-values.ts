/** Values of monitoring charts that hold alert rules or their routing as they are: these need no rendering to be read. */
import type { Fact } from '../../facts/fact.js'
import { ruleFile } from '../promql/rule-file.js'
import { renderingPolicy } from '../../knowledge/manifests/rendering.js'
import { Field } from '../field.js'
import type { Format, InputFile, Problem, Reading } from '../format.js'
import { describeProblems } from '../problems.js'
import { holdsRoutingValues, routingInValues } from '../routing/values-routing.js'
import { parseYaml } from '../yaml/parse.js'
import { YAML_FILES } from '../extensions.js'

const RULE = /^[ \t]*(?:-[ \t]+)?['"]?(?:alert|record)['"]?\s*:/m
/** An object of Kubernetes may hold the same keys: it is read as what it is. */
const OBJECT = /^['"]?(?:apiVersion|kind)['"]?\s*:/m
/** Values of a chart inside of another stand one level deeper. */
const MAX_DEPTH = 1

const helmValues: Format = {
  name: 'helm-values',
  title: 'Helm values with alert rules or their routing',
  recognises: ({ extension, text }) =>
    YAML_FILES.includes(extension) &&
    !OBJECT.test(text) &&
    (holdsRuleValues(text) || holdsRoutingValues(text)),
  read: readValues,
}
export default helmValues

function holdsRuleValues(text: string): boolean {
  return RULE.test(text) && ruleKey().test(text)
}

function ruleKey(): RegExp {
  return new RegExp(`^[ \\t]*['"]?(?:${renderingPolicy().ruleValues.join('|')})['"]?[ \\t]*:`, 'm')
}

async function readValues(file: InputFile): Promise<Reading> {
  // Loaded here: the PromQL parser costs more than most runs without rules take.
  const { readRuleGroups } = await import('../promql/rule-groups.js')
  const problems: Problem[] = []
  const documents = parseYaml(file)
  const rules = ruleFile(file)
  const facts = documents.flatMap((document): Fact[] => {
    problems.push(...document.problems)
    const values = Field.of(document, problems)
    return [
      ...groupsIn(values, 0).flatMap((groups) => readRuleGroups(groups, rules, 'PrometheusRule').facts),
      ...routingInValues(values, { object: null, ignores: {} }),
    ]
  })
  if (documents.every((document) => document.value === null))
    return { facts, problems, failed: describeProblems(problems) }
  // What else the values set depends on templates that are not here.
  return {
    facts,
    problems,
    partial:
      'values of a chart: only its alert rules and their routing are read, the rest has to be rendered',
  }
}

/** Groups of rules below the keys that the charts document, each under a name that its author gave. */
function groupsIn(values: Field, depth: number): Field[] {
  const names = renderingPolicy().ruleValues
  return mappingsIn(values).flatMap(([key, below]) => {
    if (names.includes(key)) return entriesOf(below).map((entry) => entry.get('groups'))
    return depth < MAX_DEPTH ? groupsIn(below, depth + 1) : []
  })
}

function mappingsIn(field: Field): [string, Field][] {
  return isMapping(field.value) ? field.entries() : []
}

/** A mapping by name, or a list. */
function entriesOf(field: Field): Field[] {
  return Array.isArray(field.value) ? field.items() : mappingsIn(field).map(([, entry]) => entry)
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
