/** Steps of relabelling, in the spelling of Prometheus and in that of objects. */
import type { RelabelStep } from '../../facts/alert-relabelling.js'
import type { Field } from '../field.js'

/** Without a regex it matches anything, and without a separator it joins by semicolons. */
export function readRelabelStep(step: Field): RelabelStep {
  const labels = step.get('source_labels')
  return {
    source: step.source,
    action: step.get('action').text()?.toLowerCase() ?? 'replace',
    labels: (labels.exists ? labels : step.get('sourceLabels'))
      .items()
      .flatMap((label) => label.text() ?? []),
    separator: step.get('separator').text() ?? ';',
    pattern: step.get('regex').text() ?? '(.*)',
    target: step.get('target_label').text() ?? step.get('targetLabel').text(),
  }
}
