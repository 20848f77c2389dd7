/** PodDisruptionBudgets: what they permit, for a number of instances. */
import type { DisruptionBudget } from '../../facts/kubernetes.js'

export function budgetFields(budget: DisruptionBudget, instances: number | null): object {
  return {
    name: budget.name,
    minAvailable: budget.minAvailable,
    maxUnavailable: budget.maxUnavailable,
    instances,
    allowedDisruptions: instances === null ? null : allowedDisruptions(budget, instances),
  }
}

/** Evictions that the budget permits with all instances healthy; percentages round up, as in the disruption controller. */
export function allowedDisruptions(
  budget: Pick<DisruptionBudget, 'minAvailable' | 'maxUnavailable'>,
  instances: number,
): number {
  const count = (value: string): number =>
    value.endsWith('%') ? Math.ceil((Number.parseFloat(value) * instances) / 100) : Number(value)
  if (budget.maxUnavailable !== null) return Math.min(instances, count(budget.maxUnavailable))
  return Math.max(0, instances - count(budget.minAvailable ?? '0'))
}
