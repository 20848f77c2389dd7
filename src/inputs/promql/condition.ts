/** What decides whether an alert fires: the condition of its expression, and its threshold. */
import type { Query } from '../../facts/alert.js'
import { constantOf } from './constants.js'
import { asBinary, asCall, isAggregation, textOf, unwrap, type Expression } from './expression.js'
import { selectorOf } from './selectors.js'

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

export function thresholdOf(expression: Expression): Query['threshold'] {
  const comparison = comparisonIn(expression)
  return (
    comparison && { operator: comparison.operator, value: comparison.value, left: textOf(comparison.side) }
  )
}

export function comparedIn(expression: Expression): Query['compared'] {
  const side = comparisonIn(expression)?.side
  const whole = side && asCall(unwrap(side))
  if (!whole) return null
  const isAggregated = isAggregation(unwrap(side))
  const call = isAggregated && whole.arguments.length === 1 ? asCall(unwrap(whole.arguments[0]!)) : whole
  const selected = call?.arguments.length === 1 ? unwrap(call.arguments[0]!) : null
  if (!call || selected?.node.name !== 'VectorSelector') return null
  return {
    function: call.name,
    metric: selectorOf(selected).metric,
    aggregation: isAggregated ? whole.name : null,
    by: isAggregated && whole.grouping?.kind !== 'without' ? (whole.grouping?.labels ?? []) : null,
  }
}

/** `sum(errors_total) > 5`: the series themselves, aggregated once at most. */
export function comparedSeriesIn(expression: Expression): string | null {
  const side = comparisonIn(expression)?.side
  const whole = side && unwrap(side)
  const call = whole && isAggregation(whole) ? asCall(whole) : null
  const inner = call?.arguments.length === 1 ? unwrap(call.arguments[0]!) : whole
  return inner?.node.name === 'VectorSelector' ? selectorOf(inner).metric : null
}

interface Comparison {
  operator: string
  value: number
  /** What is compared with the number. */
  side: Expression
}

/** The outermost comparison with a number; of several at one level, the first. */
function comparisonIn(expression: Expression): Comparison | null {
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

function comparisonWithNumber(expression: Expression): Comparison | null {
  const binary = asBinary(expression)
  if (!binary?.isComparison) return null
  const [left, right] = [constantOf(binary.left), constantOf(binary.right)]
  if (right !== null && left === null) return { operator: binary.operator, value: right, side: binary.left }
  if (left === null || right !== null) return null
  return { operator: MIRRORED[binary.operator] ?? binary.operator, value: left, side: binary.right }
}

function partsOf(expression: Expression): Expression[] {
  const binary = asBinary(expression)
  return binary ? [binary.left, binary.right] : (asCall(expression)?.arguments ?? [])
}
