/** Manifests that are forms: the API refuses them as long as a required field is empty. */
import type { UnfilledManifest } from '../../../facts/unfilled-manifest.js'
import { clusterObjects } from '../../../knowledge/manifests/cluster-objects.js'
import type { Field } from '../../field.js'

export function unfilledIn(object: Field): UnfilledManifest[] {
  const field = emptyFieldIn(object.get('spec').value, new Set(), ['spec'])
  return field === null ? [] : [{ fact: 'unfilled-manifest', source: object.source, field: field.join('.') }]
}

/** The path of the first one below `at`; `seen`: aliases let a value stand in several places, or in itself. */
function emptyFieldIn(value: unknown, seen: Set<unknown>, at: string[]): string[] | null {
  if (typeof value !== 'object' || value === null || seen.has(value)) return null
  seen.add(value)
  for (const [key, below] of Object.entries(value)) {
    if (below === null && clusterObjects().required.includes(key)) return [...at, key]
    const path = emptyFieldIn(below, seen, [...at, key])
    if (path !== null) return path
  }
  return null
}
