/** How manifests find each other: by the labels of pods, within a namespace. */

/** True when every label of the selector stands on the pod; an empty selector matches nothing here. */
export function selects(selector: Record<string, string> | null, labels: Record<string, string>): boolean {
  if (selector === null || Object.keys(selector).length === 0) return false
  return Object.entries(selector).every(([label, value]) => labels[label] === value)
}

/** Manifests that name no namespace are applied into the caller's: they match any. */
export function sameNamespace(a: { namespace: string }, b: { namespace: string }): boolean {
  return a.namespace === b.namespace || a.namespace === 'default' || b.namespace === 'default'
}
