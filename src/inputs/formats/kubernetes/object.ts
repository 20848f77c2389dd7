/** Identity and place of a Kubernetes object, the same for every kind. */
import type { ManifestObject } from '../../../facts/kubernetes.js'
import type { Source } from '../../../facts/source.js'
import { parseAmount } from '../../../facts/units.js'
import type { Field } from '../../field.js'
import { peerIgnoresOf } from './peer-ignores.js'

const IGNORE_ANNOTATION = 'resilience-report/ignore.'

/**
 * `kind` is the one under which the object was recognised. An object without a name is a fragment, and so is one whose name a
 * template fills in: it may become any number of objects. `template`: of its pods,
 * where it has one.
 */
export function manifestObject<Kind extends string>(
  object: Field,
  kind: Kind,
  template: Field | null = null,
): ManifestObject & { kind: Kind } {
  const metadata = object.get('metadata')
  const name = metadata.get('name').text()
  const namespace = metadata.get('namespace').text() ?? 'default'
  const peers = peerIgnoresOf(metadata.get('annotations'), template?.get('metadata', 'annotations') ?? null)
  return {
    source: object.source,
    id: `${namespace}/${kind}/${name ?? metadata.get('generateName').text() ?? ''}`,
    apiVersion: object.get('apiVersion').text() ?? '',
    kind,
    name: name ?? metadata.get('generateName').text() ?? '',
    namespace,
    labels: metadata.get('labels').texts(),
    at: {},
    ignores: ignoresOf(metadata.get('annotations')),
    ...(peers.length > 0 && { peerIgnores: peers }),
    fragment: (name === null && !metadata.get('generateName').exists) || /\{\{/.test(name ?? ''),
  }
}

/** Places of those fields that are written. */
export function placesOf(fields: Record<string, Field>): Record<string, Source> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => field.exists)
      .map(([name, field]) => [name, field.source]),
  )
}

/** matchLabels, with those matchExpressions that say the same; others are a problem, for they cannot be matched. */
export function selectorOf(selector: Field): Record<string, string> {
  const labels = selector.get('matchLabels').texts()
  for (const expression of selector.get('matchExpressions').items()) {
    const key = expression.get('key').text()
    const values = expression.get('values').items()
    const value = values.length === 1 && expression.get('operator').value === 'In' ? values[0]!.text() : null
    if (key !== null && value !== null) labels[key] = value
    else
      expression.problem(
        'matchExpressions other than In with one value are not evaluated: write matchLabels where possible',
      )
  }
  return labels
}

/** A count or a percentage as written, in quotes when it is a text that Kubernetes refuses: then also a problem. */
export function amountOf(field: Field): string | null {
  const text = field.text()
  if (text === null) return null
  // The API takes a text for a percentage only: "1" is refused, 1 is not.
  const isRefused = parseAmount(text) === null || (typeof field.value === 'string' && !text.endsWith('%'))
  if (!isRefused) return text
  const written = typeof field.value === 'string' ? JSON.stringify(text) : text
  field.problem(`${field.path.join('.')}: ${written} is rejected; write a number such as 1, or 25%`)
  return written
}

function ignoresOf(annotations: Field): Record<string, string> {
  const written = Object.entries(annotations.texts()).filter(([key]) => key.startsWith(IGNORE_ANNOTATION))
  return Object.fromEntries(
    written.map(([key, reason]) => [key.slice(IGNORE_ANNOTATION.length), reason.trim()]),
  )
}
