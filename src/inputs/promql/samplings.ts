/** Where a choice of few series decides which alerts there are: topk() and its like. */
import {
  asBinary,
  asCall,
  isAggregation,
  isScalar,
  unwrap,
  type Call,
  type Expression,
} from './expression.js'
import { constantOf } from './constants.js'
import { keptLabelsOf } from './kept-labels.js'
import { CHOOSING } from './operations.js'

/** Names of the functions whose choice the series of the result depend on. */
export function samplingsIn(expression: Expression): string[] {
  const inner = unwrap(expression)
  const binary = asBinary(inner)
  if (binary) return [...samplingsIn(binary.left), ...samplingsIn(binary.right)]
  const call = asCall(inner)
  if (!call) return []
  const vector = call.arguments.find((argument) => !isScalar(argument))
  if (!vector) return []
  // What is aggregated again is another series.
  if (isAggregation(inner)) return isChoice(call, vector) ? [call.name] : []
  return samplingsIn(vector)
}

/** Of one series there is nothing to choose, and `topk by (pod) (1, x)` leaves one series of each: a way to join without doubles. */
function isChoice({ name, grouping, arguments: given }: Call, vector: Expression): boolean {
  if (!CHOOSING.has(name) || keptLabelsOf(vector)?.length === 0) return false
  return grouping === null || !given[0] || constantOf(given[0]) !== 1
}
