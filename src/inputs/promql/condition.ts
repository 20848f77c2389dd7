/** What decides whether an alert fires: the condition of its expression, and its threshold. */
import type { Query } from '../../facts/alert.js'
import { constantOf } from './constants.js'
import { asBinary, asCall, textOf, unwrap, type Expression } from './expression.js'

/** The operator with its sides exchanged: `5 < a` is `a > 5`. */
const MIRRORED: Record<string, string> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' }
/** Functions that always return a value. */
const UNCONDITIONAL = new Set(['vector', 'scalar', 'time', 'pi'])
const CONDITIONAL = new Set(['absent', 'absent_over_time'])

/** True when the expression can return nothing although its series exist, or something although they do not. */
export function hasCondition(expression: Expression): boolean {
  const inner = unwrap(expression)
  const binary = asBinary(inner)
  if (binary) {
    if (binary.operator === 'or') return hasCondition(binary.left) && hasCondition(binary.right)
    const filters =
      (binary.isComparison && !binary.isBool) || binary.operator === 'and' || binary.operator === 'unless'
    return filters || hasCondition(binary.left) || hasCondition(binary.right)
  }
  const call = asCall(inner)
  if (!call || UNCONDITIONAL.has(call.name)) return false
  return CONDITIONAL.has(call.name) || call.arguments.some(hasCondition)
}

/** The outermost comparison with a number; of several at one level, the first. */
export function thresholdOf(expression: Expression): Query['threshold'] {
  let level = [expression]
  while (level.length > 0) {
    const inner = level.map(unwrap)
    for (const candidate of inner) {
      const found = comparisonWithNumber(candidate)
      if (found) return found
    }
    level = inner.flatMap(partsOf)
  }
  return null
}

function comparisonWithNumber(expression: Expression): Query['threshold'] {
  const binary = asBinary(expression)
  if (!binary?.isComparison) return null
  const [left, right] = [constantOf(binary.left), constantOf(binary.right)]
  if (right !== null && left === null)
    return { operator: binary.operator, value: right, left: textOf(binary.left) }
  if (left === null || right !== null) return null
  return { operator: MIRRORED[binary.operator] ?? binary.operator, value: left, left: textOf(binary.right) }
}

function partsOf(expression: Expression): Expression[] {
  const binary = asBinary(expression)
  return binary ? [binary.left, binary.right] : (asCall(expression)?.arguments ?? [])
}
