/** Values of a definition as far as they are written down. */
import type { Field } from '../../field.js'

/** Null where a workflow fills it in (`{{workflow.parameters.namespace}}`, a mapping without quotes), and where a chart left it empty. */
export function written(field: Field): string | null {
  if (typeof field.value === 'object') return null
  const text = field.text()?.trim() ?? ''
  return text === '' || text.includes('{{') ? null : text
}
