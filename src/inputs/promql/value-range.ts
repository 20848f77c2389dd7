/** Between which values an expression can lie, as far as its form tells: a count is at least 1, a rate never negative. */
import { asBinary, asCall, unwrap, type Expression } from './expression.js'
import { constantOf } from './constants.js'
import { selectorOf } from './selectors.js'
import type { SyntaxNode } from './syntax-tree.js'
import { SET_OPERATORS } from './operations.js'

export interface Range {
  low: number
  high: number
}

const ANY: Range = { low: -Infinity, high: Infinity }
const NOT_NEGATIVE: Range = { low: 0, high: Infinity }

/** Ranges of series by their names: null where the name tells none. */
export type SeriesRange = (metric: string) => Range | null

/** Of functions and aggregations whose argument says nothing more. */
const KNOWN: Record<string, Range> = {
  absent: { low: 1, high: 1 },
  absent_over_time: { low: 1, high: 1 },
  present_over_time: { low: 1, high: 1 },
  group: { low: 1, high: 1 },
  // Of nothing there is no count.
  count: { low: 1, high: Infinity },
  count_values: { low: 1, high: Infinity },
  count_over_time: { low: 1, high: Infinity },
  rate: NOT_NEGATIVE,
  irate: NOT_NEGATIVE,
  increase: NOT_NEGATIVE,
  changes: NOT_NEGATIVE,
  resets: NOT_NEGATIVE,
  abs: NOT_NEGATIVE,
  stddev: NOT_NEGATIVE,
  stdvar: NOT_NEGATIVE,
  stddev_over_time: NOT_NEGATIVE,
  stdvar_over_time: NOT_NEGATIVE,
  timestamp: NOT_NEGATIVE,
  time: NOT_NEGATIVE,
}
/** Those that give values between the least and the greatest of what they take. */
const WITHIN = new Set([
  'min',
  'max',
  'avg',
  'topk',
  'bottomk',
  'limitk',
  'sort',
  'sort_desc',
  'min_over_time',
  'max_over_time',
  'avg_over_time',
  'last_over_time',
  'label_replace',
  'label_join',
])
const SUMS = new Set(['sum', 'sum_over_time'])

export function rangeOf(expression: Expression, series: SeriesRange): Range {
  const constant = constantOf(expression)
  if (constant !== null) return { low: constant, high: constant }
  const inner = unwrap(expression)
  if (isNegated(inner, expression)) return ANY
  if (inner.node.name === 'VectorSelector') return series(selectorOf(inner).metric) ?? ANY
  const binary = asBinary(inner)
  if (binary) {
    if (binary.isBool) return { low: 0, high: 1 }
    // A comparison and a set operation give values of their left side; `or` also of the right one.
    if (binary.isComparison || binary.operator === 'and' || binary.operator === 'unless')
      return rangeOf(binary.left, series)
    return computed(binary.operator, rangeOf(binary.left, series), rangeOf(binary.right, series))
  }
  const call = asCall(inner)
  if (!call) return ANY
  const known = Object.hasOwn(KNOWN, call.name) ? KNOWN[call.name]! : null
  if (known) return known
  const of = call.arguments.map((argument) => rangeOf(argument, series))
  if (call.name === 'vector') return of[0] ?? ANY
  if (SUMS.has(call.name)) return of[0] && of[0].low >= 0 ? { low: of[0].low, high: Infinity } : ANY
  return WITHIN.has(call.name) ? (of[call.name.endsWith('k') ? 1 : 0] ?? ANY) : ANY
}

/** Whether all that an expression gives has one value: what is compared for equality, what is absent. */
export function isConstant(expression: Expression, series: SeriesRange): boolean {
  const inner = unwrap(expression)
  const binary = asBinary(inner)
  const isFilter =
    binary !== null && !binary.isBool && (binary.isComparison || SET_OPERATORS.has(binary.operator))
  if (isFilter) {
    const sides = [binary.left, binary.right]
    if (binary.operator === '==' && sides.some((side) => constantOf(side) !== null)) return true
    if (binary.operator === 'or') return false
    return isConstant(constantOf(binary.left) === null ? binary.left : binary.right, series)
  }
  const { low, high } = rangeOf(inner, series)
  return low === high
}

/** A sign stands somewhere around the inner expression. */
function isNegated({ node }: Expression, { node: whole }: Expression): boolean {
  for (let at: SyntaxNode | null = node; at && at.from >= whole.from && at.to <= whole.to; at = at.parent)
    if (at.name === 'UnaryExpr') return true
  return false
}

function computed(operator: string, left: Range, right: Range): Range {
  switch (operator) {
    case 'or':
      return { low: Math.min(left.low, right.low), high: Math.max(left.high, right.high) }
    case '+':
      return { low: left.low + right.low, high: left.high + right.high }
    case '-':
      return { low: left.low - right.high, high: left.high - right.low }
    case '*':
    case '/':
      return left.low >= 0 && right.low >= 0 ? NOT_NEGATIVE : ANY
    default:
      return ANY
  }
}
