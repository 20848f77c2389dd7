/** Counts and percentages of instances, as budgets and rollouts give them. */
import type { ManifestObject } from '../../facts/kubernetes.js'
import { formatSource } from '../../facts/source.js'
import { parseAmount } from '../../facts/units.js'

/** Instances that an amount stands for; null for one that Kubernetes refuses. `round` is for percentages. */
export function instancesIn(
  amount: string,
  instances: number,
  round: (share: number) => number,
): number | null {
  const parsed = parseAmount(amount)
  if (parsed === null) return null
  return 'count' in parsed ? parsed.count : round((parsed.percent * instances) / 100)
}

/** What Kubernetes will say of an amount that it refuses, with its place; null for a good one and for none. */
export function refusalOf(
  name: string,
  amount: string | null,
  { at, source }: ManifestObject,
): string | null {
  if (amount === null || parseAmount(amount) !== null) return null
  return `${name} ${amount} (${formatSource(at[name] ?? source)}) is rejected by Kubernetes: it is neither a count nor a percentage up to 100%`
}
