/** Groups of alerting and recording rules, of a rule file or of a PrometheusRule object. */
import type {
  AlertFact,
  AlertRule,
  AlertTemplate,
  Query,
  RecordingRule,
  Refusal,
  RuleGroup,
} from '../../facts/alert.js'
import type { Source } from '../../facts/source.js'
import { templateOf } from '../alert-templates/template.js'
import type { Field } from '../field.js'
import { ignoresAbove } from './ignore-comments.js'
import { asFilledIn, asMetricsql, isForeignQuery, metricsqlWordIn } from './other-languages.js'
import { pintIgnoresOf } from './pint-ignores.js'
import { placeInFile } from './place-in-file.js'
import { parseQuery } from './query.js'
import { refusalsIn, type RuleHolder } from './refusals.js'
import type { RuleFile } from './rule-file.js'
import type { HeldRules } from './rule-objects.js'
import { labelsWithin, queryWithin, refusalsWithin, type RuleScope } from './rule-scope.js'

type Rule = AlertRule | RecordingRule

export interface RuleGroups {
  facts: AlertFact[]
  /** Groups whose rules are written in the language of Loki or Tempo: none of their rules are facts. */
  foreign: number
}

/** Rules of an object of Kubernetes, as its operator hands them to the server. */
export function readHeldRules(
  { groups, holder, scope, intervalSeconds }: HeldRules,
  file: RuleFile,
): RuleGroups {
  const read = readRuleGroups(groups, file, holder, scope)
  if (intervalSeconds === null) return read
  const facts = read.facts.map((fact) =>
    'intervalSeconds' in fact ? { ...fact, intervalSeconds: fact.intervalSeconds ?? intervalSeconds } : fact,
  )
  return { ...read, facts }
}

/** One server reads all of a file: where one rule has a word of MetricsQL, Prometheus does not judge the others either. */
export function readRuleGroups(
  groups: Field,
  file: RuleFile,
  holder: RuleHolder = 'file',
  scope: RuleScope | null = null,
): RuleGroups {
  const all = groups.items()
  const own = all.filter((group) => !isForeign(group))
  const rules = own.flatMap((group) => readRules(group, file))
  const isMetricsql =
    holder === 'VMRule' || rules.some(({ expression }) => metricsqlWordIn(expression) !== null)
  return {
    facts: [
      ...ownGroups(own, file, isMetricsql ? 'VMRule' : holder, scope),
      ...(isMetricsql ? rules.map(inMetricsql) : scope ? rules.map((rule) => within(scope, rule)) : rules),
    ],
    foreign: all.length - own.length,
  }
}

function inMetricsql<Some extends Rule>(rule: Some): Some {
  return { ...rule, query: asMetricsql(rule.query, rule.expression) }
}

/** What the scope sets wins: a rule that sets it otherwise is refused. */
function within<Some extends Rule>(scope: RuleScope, rule: Some): Some {
  const { known, open } = labelsWithin(scope)
  return {
    ...rule,
    labels: { ...rule.labels, ...known },
    query: queryWithin(rule.query, scope),
    ...(rule.fact === 'alert' && open.length > 0 && { openLabels: open }),
  }
}

/** Beside what Prometheus itself refuses. */
function scopeRefusals(group: Field, scope: RuleScope): Refusal[] {
  return group
    .get('rules')
    .items()
    .flatMap((rule) => refusalsWithin(scope, rule, parseQuery(rule.get('expr').text() ?? '')))
}

function ownGroups(
  groups: Field[],
  file: RuleFile,
  holder: RuleHolder,
  scope: RuleScope | null,
): RuleGroup[] {
  const seen = new Map<string, Source>()
  return groups.flatMap((group): RuleGroup[] => {
    const name = group.get('name').text()
    const refusals = [...refusalsIn(group, holder), ...(scope ? scopeRefusals(group, scope) : [])]
    if (name === null || name === '') {
      group.problem('a group without name: Prometheus rejects the file')
      return []
    }
    const rules = group.get('rules').items()
    const namesUnder = (key: string): string[] => rules.flatMap((rule) => rule.get(key).text() ?? [])
    const namedBefore = seen.get(name) ?? null
    if (namedBefore === null) seen.set(name, group.get('name').source)
    return [
      {
        fact: 'rule-group',
        source: group.source,
        at: placesOf(group, ['name', 'interval']),
        name,
        namedBefore,
        intervalSeconds: group.get('interval').seconds(),
        alerts: namesUnder('alert'),
        records: namesUnder('record'),
        holder,
        refusals,
        ignores: ignoresAbove(group.source.line, file.lines),
      },
    ]
  })
}

function placesOf(field: Field, keys: string[]): Record<string, Source> {
  const written = keys.filter((key) => field.get(key).exists)
  return Object.fromEntries(written.map((key) => [key, field.get(key).source]))
}

/** Loki's and Tempo's rulers read the same file format, one language a group; of VictoriaMetrics the group names it. */
function isForeign(group: Field): boolean {
  const type = group.get('type').value
  if (type === 'vlogs' || type === 'graphite') return true
  return group
    .get('rules')
    .items()
    .some((rule) => isForeignQuery(rule.get('expr').text() ?? ''))
}

function readRules(group: Field, file: RuleFile): Rule[] {
  const name = group.get('name').text() ?? ''
  const intervalSeconds = group.get('interval').seconds()
  const queryOffsetSeconds = group.get('query_offset').seconds() ?? 0
  return group
    .get('rules')
    .items()
    .flatMap((rule): Rule[] => {
      const expression = rule.get('expr')
      const alert = rule.get('alert').text()
      const record = rule.get('record').text()
      if (alert === null && record === null) {
        rule.problem('a rule without alert and record: name it, or Prometheus rejects the file')
        return []
      }
      if (!expression.exists)
        rule.problem(`${alert ?? record}: a rule without expr; Prometheus rejects the file`)
      if (alert !== null)
        return [readAlert(rule, { alert, group: name, intervalSeconds, queryOffsetSeconds }, file)]
      const text = expression.text() ?? ''
      const query = asFilledIn(parseQuery(text), text)
      return [
        {
          fact: 'recording',
          source: rule.source,
          at: placesWithFault(rule, ['record', 'expr', 'labels'], query, file),
          name: record ?? '',
          group: name,
          intervalSeconds,
          labels: rule.get('labels').texts(),
          expression: text,
          query,
          ignores: ignoresAbove(rule.source.line, file.lines),
        },
      ]
    })
}

function readAlert(
  rule: Field,
  context: { alert: string } & Pick<AlertRule, 'group' | 'intervalSeconds' | 'queryOffsetSeconds'>,
  file: RuleFile,
): AlertRule {
  const expression = rule.get('expr').text() ?? ''
  const query = asFilledIn(parseQuery(expression), expression)
  const source = rule.source
  const peerIgnores = pintIgnoresOf(source, query, file.pint, file.lines)
  const forSeconds = rule.get('for').seconds() ?? 0
  const [labels, annotations] = [rule.get('labels').texts(), rule.get('annotations').texts()]
  return {
    fact: 'alert',
    source,
    at: placesWithFault(
      rule,
      ['alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'],
      query,
      file,
    ),
    name: context.alert,
    group: context.group,
    intervalSeconds: context.intervalSeconds,
    queryOffsetSeconds: context.queryOffsetSeconds,
    expression,
    query,
    forSeconds,
    forWritten: rule.get('for').exists,
    keepFiringForSeconds: rule.get('keep_firing_for').seconds() ?? 0,
    labels,
    annotations,
    templates: { labels: templatesIn(labels), annotations: templatesIn(annotations) },
    ignores: ignoresAbove(source.line, file.lines),
    ...(peerIgnores.length > 0 && { peerIgnores }),
  }
}

/** `fault`: the place of what is wrong in the expression; that of the expression where it cannot be told. */
function placesWithFault(rule: Field, keys: string[], query: Query, file: RuleFile): Record<string, Source> {
  const places = placesOf(rule, keys)
  const fault = query.syntaxError
  if (!fault || !places.expr) return places
  const exact = placeInFile(fault.offset, rule.get('expr').text() ?? '', places.expr, file.text)
  return { ...places, fault: exact ?? places.expr }
}

function templatesIn(texts: Record<string, string>): Record<string, AlertTemplate> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => {
      const template = templateOf(text)
      return template ? [[name, template]] : []
    }),
  )
}
