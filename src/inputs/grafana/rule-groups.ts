/** Groups of alert rules that Grafana evaluates itself: provisioned from files, or as objects of its operator. */
import type { AlertFact, AlertRule, GrafanaRule, RecordingRule } from '../../facts/alert.js'
import { grafana } from '../../knowledge/alerts/grafana.js'
import { templatesInGrafana } from '../alert-templates/template.js'
import type { Field } from '../field.js'
import { ignoresAbove } from '../promql/ignore-comments.js'
import { conditionOf, recordedBy, type Condition, type SourceTypes } from './condition.js'
import { ownRouteOf } from './routing.js'

interface GrafanaRules {
  facts: AlertFact[]
  /** Names of the rules that are paused: they are evaluated by nothing. */
  paused: string[]
}

interface Group {
  name: string
  org: string
  intervalSeconds: number | null
  lines: string[]
  sources: SourceTypes
}

/** `groups`: of a file, or the spec of an object, which is one group. */
export function readGrafanaGroups(
  groups: Field[],
  text: string,
  sources: SourceTypes = new Map(),
): GrafanaRules {
  const lines = text.split(/\r?\n/)
  const all = groups.map((group) => readGroup(group, lines, sources))
  return { facts: all.flatMap(({ facts }) => facts), paused: all.flatMap(({ paused }) => paused) }
}

function readGroup(group: Field, lines: string[], sources: SourceTypes): GrafanaRules {
  const named = group.get('name').text() ?? ''
  const org = group.get('orgId').text() ?? '1'
  const intervalSeconds = group.get('interval').seconds()
  const context = { name: named, org, intervalSeconds, lines, sources }
  const rules = group.get('rules').items()
  const isPaused = (rule: Field): boolean => rule.get('isPaused').value === true
  const facts = rules.filter((rule) => !isPaused(rule)).flatMap((rule) => readRule(rule, context))
  const interval = group.get('interval')
  return {
    facts: [
      ...facts,
      {
        fact: 'rule-group',
        source: group.source,
        at: interval.exists ? { interval: interval.source } : {},
        name: named,
        namedBefore: null,
        intervalSeconds,
        alerts: facts.flatMap((fact) => (fact.fact === 'alert' ? [fact.name] : [])),
        records: facts.flatMap((fact) => (fact.fact === 'recording' ? [fact.name] : [])),
        holder: 'Grafana',
        refusals: [],
        ignores: ignoresAbove(group.source.line, lines),
      },
    ],
    paused: rules.filter(isPaused).map((rule) => rule.get('title').text() ?? 'a rule without title'),
  }
}

function readRule(rule: Field, group: Group): (AlertRule | RecordingRule)[] {
  const title = rule.get('title').text()
  const record = rule.get('record')
  if (record.exists) return [readRecording(rule, record, group)]
  if (title === null || title === '') {
    rule.problem('an alert rule without title: name it, or Grafana refuses the file')
    return []
  }
  return [readAlert(rule, title, group)]
}

function readAlert(rule: Field, name: string, group: Group): AlertRule {
  const condition = conditionOf(rule, rule.get('condition').text(), group.sources)
  const { expression, query, offsetSeconds } = condition
  const [labels, annotations] = [rule.get('labels').texts(), rule.get('annotations').texts()]
  return {
    fact: 'alert',
    source: rule.source,
    at: placesOf(rule, condition),
    name,
    group: group.name,
    intervalSeconds: group.intervalSeconds,
    queryOffsetSeconds: offsetSeconds,
    expression,
    query,
    forSeconds: rule.get('for').seconds() ?? 0,
    forWritten: rule.get('for').exists,
    keepFiringForSeconds:
      (rule.get('keepFiringFor').exists
        ? rule.get('keepFiringFor')
        : rule.get('keep_firing_for')
      ).seconds() ?? 0,
    labels,
    annotations,
    templates: { labels: templatesInGrafana(labels), annotations: templatesInGrafana(annotations) },
    ignores: ignoresAbove(rule.source.line, group.lines),
    grafana: { org: group.org, withoutData: withoutData(rule.get('noDataState')), route: ownRouteOf(rule) },
  }
}

function readRecording(rule: Field, record: Field, group: Group): RecordingRule {
  const recorded = recordedBy(rule, record.get('from').text(), group.sources)
  const { expression, query } = recorded
  return {
    fact: 'recording',
    source: rule.source,
    at: placesOf(rule, recorded),
    name: record.get('metric').text() ?? '',
    group: group.name,
    intervalSeconds: group.intervalSeconds,
    labels: rule.get('labels').texts(),
    expression,
    query,
    ignores: ignoresAbove(rule.source.line, group.lines),
  }
}

function withoutData(state: Field): GrafanaRule['withoutData'] {
  const { withoutData } = grafana()
  const written = state.text()?.trim() || 'NoData'
  if (Object.hasOwn(withoutData, written)) return withoutData[written]!
  state.problem(
    `noDataState: "${written}" is none of ${Object.keys(withoutData).join(', ')}; Grafana refuses the file`,
  )
  return 'silent'
}

/** Under the names that the same places have in a rule of Prometheus. */
function placesOf(rule: Field, { at }: Condition): AlertRule['at'] {
  const fields: [string, Field][] = [
    ['alert', rule.get('title')],
    ['record', rule.get('record')],
    ['expr', at?.get('model', 'expr') ?? rule.get('condition')],
    ['fault', at?.get('model', 'expr') ?? rule.get('condition')],
    ['for', rule.get('for')],
    ['labels', rule.get('labels')],
    ['annotations', rule.get('annotations')],
  ]
  return Object.fromEntries(fields.flatMap(([name, field]) => (field.exists ? [[name, field.source]] : [])))
}
