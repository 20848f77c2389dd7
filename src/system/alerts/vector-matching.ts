/** Operations between two vectors that join nothing. */
import type { Query } from '../../facts/alert.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'

type VectorOperation = Query['vectorOperations'][number]

/** Where one side stands in for the other, a missing match does no harm. */
export function hasToMatch({ operator }: VectorOperation): boolean {
  return operator !== 'or' && operator !== 'unless'
}

/** Both sides are series whose labels are known, and they differ. Where one is not known, nothing is said. */
export function cannotMatch(operation: VectorOperation, { series }: DetectionPolicy): boolean {
  if (!hasToMatch(operation)) return false
  if (operation.hasMatching || operation.leftAggregates || operation.rightAggregates) return false
  const [left, right] = [operation.left, operation.right].map((side) =>
    side.map(({ metric }) => series.find(({ pattern }) => pattern.test(metric))?.labels.join(',')),
  )
  return (
    left!.every(
      (labels) => labels !== undefined && right!.every((other) => other !== undefined && other !== labels),
    ) && right!.length > 0
  )
}
