/** PodDisruptionBudgets: what they permit, for a number of instances. */
import type { DisruptionBudget } from '../../facts/kubernetes.js'
import { instancesIn, refusalOf } from './amounts.js'

export function budgetFields(budget: DisruptionBudget, instances: number | null): object {
  return {
    name: budget.name,
    minAvailable: budget.minAvailable,
    maxUnavailable: budget.maxUnavailable,
    refusal:
      refusalOf('maxUnavailable', budget.maxUnavailable, budget) ??
      refusalOf('minAvailable', budget.minAvailable, budget),
    instances,
    allowedDisruptions: instances === null ? null : allowedDisruptions(budget, instances),
    ...{ selects: [], isTaken: true, podMaker: null, neighbours: 0, meant: [] },
  }
}

/**
 * Evictions that the budget permits with all instances healthy; percentages round up, as in the disruption controller.
 * Null when an amount is none.
 */
export function allowedDisruptions(
  { minAvailable, maxUnavailable }: Pick<DisruptionBudget, 'minAvailable' | 'maxUnavailable'>,
  instances: number,
): number | null {
  const count = (amount: string): number | null => instancesIn(amount, instances, Math.ceil)
  if (maxUnavailable !== null) {
    const away = count(maxUnavailable)
    return away === null ? null : Math.min(instances, away)
  }
  const needed = count(minAvailable ?? '0')
  return needed === null ? null : Math.max(0, instances - needed)
}
