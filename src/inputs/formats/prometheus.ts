/** Prometheus rules: rule files, and objects of the operators of Prometheus and VictoriaMetrics. */
import type { AlertFact } from '../../facts/alert.js'
import { ruleFile } from '../promql/rule-file.js'
import { Field } from '../field.js'
import type { Format, InputFile, Problem, Reading } from '../format.js'
import { describeProblems } from '../problems.js'
import { holdsRules } from '../promql/holds-rules.js'
import { rulesHeldBy } from '../promql/rule-objects.js'
import { DISUSED, isDisused } from '../left-out.js'
import { parseYaml } from '../yaml/parse.js'
import { DATA_FILES, RULE_FILES } from '../extensions.js'

const RULE_OBJECT = /^[ \t]*(?:\{[ \t]*)?['"]?kind['"]?\s*:\s*['"]?(?:PrometheusRule|VMRule)\b/m
const EXTENSIONS = [...DATA_FILES, ...RULE_FILES]

const prometheus: Format = {
  name: 'prometheus',
  title: 'Prometheus rules',
  recognises: ({ extension, text }) =>
    EXTENSIONS.includes(extension) && (holdsRules(text) || RULE_OBJECT.test(text)),
  read: readRuleFile,
}
export default prometheus

export async function readRuleFile(file: InputFile): Promise<Reading> {
  if (isDisused(file.path)) return DISUSED
  // Loaded here: the PromQL parser costs more than most runs without rules take.
  const { readHeldRules, readRuleGroups } = await import('../promql/rule-groups.js')
  const { reportUnknownKeys } = await import('../promql/refusals.js')
  const problems: Problem[] = []
  const documents = parseYaml(file)
  const rules = ruleFile(file)
  const read = documents.map((document, index) => {
    problems.push(...document.problems)
    const whole = Field.of(document, problems)
    const held = rulesHeldBy(whole)
    if (held) return readHeldRules(held, rules)
    const read = readRuleGroups(whole.get('groups'), rules)
    if (read.foreign === 0) reportUnknownKeys(whole)
    return index === 0 ? read : { ...read, facts: read.facts.map(asLeftOut) }
  })
  const facts = read.flatMap((groups) => groups.facts)
  const foreign = read.reduce((sum, { foreign }) => sum + foreign, 0)
  // A comment for another tool that says nothing takes nothing away from what was read.
  const reading = { facts, problems: [...problems, ...rules.pint.problems] }
  if (documents.every((document) => document.value === null))
    return { ...reading, failed: describeProblems(problems) }
  if (foreign > 0 && facts.length === 0) return { ...reading, skipped: 'Loki or Tempo rules: not PromQL' }
  if (foreign > 0) return { ...reading, partial: `${foreign} groups of Loki or Tempo rules are not PromQL` }
  return problems.length > 0 ? { ...reading, partial: describeProblems(problems) } : reading
}

/** Promtool says nothing of it either: it counts the rules of the first document. */
function asLeftOut(fact: AlertFact): AlertFact {
  if (fact.fact !== 'rule-group' || fact.holder !== 'file') return fact
  const message =
    'of several documents in a file Prometheus reads the first one only, and this is a later one'
  return { ...fact, refusals: [{ source: fact.source, message, doubt: null }, ...fact.refusals] }
}
