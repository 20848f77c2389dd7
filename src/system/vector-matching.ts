/** Operations between two vectors that join nothing. */
import type { Query } from '../facts/alert.js'
import type { DetectionPolicy } from '../knowledge/policies.js'

/** Both sides are series whose labels are known, and they differ. Where one is not known, nothing is said. */
export function cannotMatch(
  operation: Query['vectorOperations'][number],
  { series }: DetectionPolicy,
): boolean {
  // Where one side stands in for the other, a missing match does no harm.
  if (operation.operator === 'or' || operation.operator === 'unless') return false
  if (operation.hasMatching || operation.leftAggregates || operation.rightAggregates) return false
  const [left, right] = [operation.left, operation.right].map((side) =>
    side.map(({ metric }) =>
      series.find(({ pattern }) => new RegExp(pattern).test(metric))?.labels.join(','),
    ),
  )
  return (
    left!.every(
      (labels) => labels !== undefined && right!.every((other) => other !== undefined && other !== labels),
    ) && right!.length > 0
  )
}
