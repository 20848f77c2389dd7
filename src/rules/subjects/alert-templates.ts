/** What the labels and annotations of an alert print. */
import type { AlertRule, AlertTemplate } from '../../facts/alert.js'

export function templateFields(alert: AlertRule): object {
  const { labels, annotations } = alert.templates
  const all = [...named('label', labels), ...named('annotation', annotations)]
  return {
    templates: all.length,
    labelTemplates: Object.keys(labels).length,
    templateErrors: all.flatMap(([name, { error, wrongField, notJudged }]) => {
      if (notJudged !== null) return []
      if (error !== null) return [`${name} (${error})`]
      return wrongField === null ? [] : [`${name} (there is no ${wrongField})`]
    }),
    unreadTemplates: all.flatMap(([name, { notJudged }]) =>
      notJudged === null ? [] : [`${name} (${notJudged})`],
    ),
    valueLabels: Object.entries(labels).flatMap(([name, { printsValue }]) => (printsValue ? [name] : [])),
    valueIsConstant: alert.query.valueIsConstant,
    printedLabels: printedLabels(alert),
    droppedLabels: droppedLabels(alert),
  }
}

function named(kind: string, templates: Record<string, AlertTemplate>): [string, AlertTemplate][] {
  return Object.entries(templates).map(([name, template]) => [`${kind} ${name}`, template])
}

/** Labels of the series that annotations and labels print: `{{ $labels.job }}`, `{{ .Labels.job }}`. */
function printedLabels({ templates }: AlertRule): string[] {
  const all = [...Object.values(templates.labels), ...Object.values(templates.annotations)]
  return [...new Set(all.flatMap(({ labels }) => labels))].sort()
}

/** Labels that an annotation prints although the expression aggregates them away. */
function droppedLabels(alert: AlertRule): string[] {
  const kept = alert.query.keptLabels
  if (kept === null) return []
  return printedLabels(alert).filter(
    (label) => !kept.includes(label) && !(label in alert.labels) && label !== 'alertname',
  )
}
