/** AlertRelabelConfig of OpenShift: what becomes of the labels of the platform's alerts. */
import type { AlertRelabelling } from '../../../facts/alert-relabelling.js'
import type { Field } from '../../field.js'
import { readRelabelStep } from '../../scraping/relabelling.js'

export function readAlertRelabelConfig(object: Field): AlertRelabelling[] {
  const configs = object.get('spec', 'configs')
  const steps = configs.items().map(readRelabelStep)
  return steps.length > 0
    ? [{ fact: 'alert-relabelling', source: configs.source, steps, forPlatform: true }]
    : []
}
