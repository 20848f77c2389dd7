/** Groups of alerting and recording rules, of a rule file or of a PrometheusRule object. */
import type { AlertFact, AlertRule, AlertTemplate, RuleGroup } from '../../facts/alert.js'
import type { Source } from '../../facts/source.js'
import { templateOf } from '../alert-templates/template.js'
import type { Field } from '../field.js'
import type { InputFile } from '../format.js'
import { ignoresAbove } from './ignore-comments.js'
import { isForeignQuery } from './other-languages.js'
import { parseQuery } from './query.js'

export interface RuleGroups {
  facts: AlertFact[]
  /** Groups whose rules are written in the language of Loki or Tempo: none of their rules are facts. */
  foreign: number
}

export function readRuleGroups(groups: Field, file: InputFile): RuleGroups {
  const all = groups.items()
  const own = all.filter((group) => !isForeign(group))
  const groupsRead = ownGroups(own, file)
  return {
    facts: [...groupsRead, ...own.flatMap((group) => readRules(group, file))],
    foreign: all.length - own.length,
  }
}

function ownGroups(groups: Field[], file: InputFile): RuleGroup[] {
  const seen = new Map<string, Source>()
  return groups.flatMap((group): RuleGroup[] => {
    const name = group.get('name').text()
    if (name === null) {
      group.problem('a group without name: Prometheus refuses the file')
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
        ignores: ignoresAbove(group.source.line, file.text),
      },
    ]
  })
}

function placesOf(field: Field, keys: string[]): Record<string, Source> {
  const written = keys.filter((key) => field.get(key).exists)
  return Object.fromEntries(written.map((key) => [key, field.get(key).source]))
}

/** Loki's and Tempo's rulers read the same file format, one language a group. */
function isForeign(group: Field): boolean {
  return group
    .get('rules')
    .items()
    .some((rule) => isForeignQuery(rule.get('expr').text() ?? ''))
}

function readRules(group: Field, file: InputFile): AlertFact[] {
  const name = group.get('name').text() ?? ''
  const intervalSeconds = group.get('interval').seconds()
  return group
    .get('rules')
    .items()
    .flatMap((rule): AlertFact[] => {
      const expression = rule.get('expr')
      const alert = rule.get('alert').text()
      const record = rule.get('record').text()
      if (alert === null && record === null) {
        rule.problem('a rule without alert and record: name it, or Prometheus refuses the file')
        return []
      }
      if (!expression.exists)
        rule.problem(`${alert ?? record}: a rule without expr; Prometheus refuses the file`)
      if (alert !== null) return [readAlert(rule, { alert, group: name, intervalSeconds }, file)]
      const text = expression.text() ?? ''
      return [
        {
          fact: 'recording',
          source: rule.source,
          at: placesOf(rule, ['record', 'expr', 'labels']),
          name: record ?? '',
          group: name,
          labels: rule.get('labels').texts(),
          expression: text,
          query: parseQuery(text),
          ignores: ignoresAbove(rule.source.line, file.text),
        },
      ]
    })
}

function readAlert(
  rule: Field,
  context: { alert: string; group: string; intervalSeconds: number | null },
  file: InputFile,
): AlertRule {
  const expression = rule.get('expr').text() ?? ''
  const source = rule.source
  const forSeconds = rule.get('for').seconds() ?? 0
  const [labels, annotations] = [rule.get('labels').texts(), rule.get('annotations').texts()]
  return {
    fact: 'alert',
    source,
    at: placesOf(rule, ['alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations']),
    name: context.alert,
    group: context.group,
    intervalSeconds: context.intervalSeconds,
    expression,
    query: parseQuery(expression),
    forSeconds,
    forWritten: rule.get('for').exists,
    keepFiringForSeconds: rule.get('keep_firing_for').seconds() ?? 0,
    labels,
    annotations,
    templates: { labels: templatesIn(labels), annotations: templatesIn(annotations) },
    ignores: ignoresAbove(source.line, file.text),
  }
}

function templatesIn(texts: Record<string, string>): Record<string, AlertTemplate> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => {
      const template = templateOf(text)
      return template ? [[name, template]] : []
    }),
  )
}
