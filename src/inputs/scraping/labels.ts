/** Labels that scraping gives the series of a target, beside those that the target has: by relabelling, or written beside it. */
import type { WrittenLabel } from '../../facts/alert.js'
import type { Field } from '../field.js'

/** Both shapes: `target_label` of prometheus.yml, `targetLabel` of the operator's objects. */
export function writtenByRelabelling(steps: Field): WrittenLabel[] {
  return steps.items().flatMap((step): WrittenLabel[] => {
    if (step.get('action').text()?.toLowerCase() === 'labelmap') return [{ label: '*', value: null }]
    const label = step.get('target_label').text() ?? step.get('targetLabel').text()
    if (label === null || label.startsWith('__')) return []
    const value = step.get('replacement').text()
    return [{ label, value: value === null || value.includes('$') ? null : value }]
  })
}

/** `labels` of static targets. */
export function writtenBesides(labels: Field): WrittenLabel[] {
  return Object.entries(labels.texts()).map(([label, value]) => ({ label, value }))
}
