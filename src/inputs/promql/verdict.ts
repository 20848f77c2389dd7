/** Whether the condition of an expression can be met at all, and whether it can be missed. */
import type { Query } from '../../facts/alert.js'
import { hasCondition } from './condition.js'
import { asBinary, asCall, unwrap, type Expression } from './expression.js'
import { rangeOf, type Range, type SeriesRange } from './value-range.js'

type Fires = Query['fires']

/** By the ranges of what is compared: `count(x) == 0` never, `rate(x[5m]) >= 0` always; the rest depends on the series. */
export function firesOf(expression: Expression, series: SeriesRange): Fires {
  const inner = unwrap(expression)
  const binary = asBinary(inner)
  if (binary) {
    const [left, right] = [firesOf(binary.left, series), firesOf(binary.right, series)]
    if (binary.isComparison && !binary.isBool) {
      if (left === 'never' || right === 'never') return 'never'
      const verdict = compared(binary.operator, rangeOf(binary.left, series), rangeOf(binary.right, series))
      const sides = [binary.left, binary.right]
      // `count(x < 1) > 0` holds for whatever is left of x, and `count(x) > 0` asks whether there is any x.
      const isOfSome = sides.some(hasCondition) || sides.some(countsSeries)
      return verdict === 'always' && isOfSome ? 'depends' : verdict
    }
    if (binary.operator === 'or') return left === right ? left : 'depends'
    if (left === 'never' || (binary.operator !== 'unless' && right === 'never')) return 'never'
    return left === 'always' && right === 'always' && binary.operator === 'and' ? 'always' : 'depends'
  }
  const call = asCall(inner)
  // What is absent is told by nothing: of what never is, always.
  if (!call || call.name.startsWith('absent')) return 'depends'
  return call.arguments.some((argument) => firesOf(argument, series) === 'never') ? 'never' : 'depends'
}

const COUNTING = new Set(['count', 'group', 'count_values', 'count_over_time', 'present_over_time'])

/** What lies above zero only because there are series: that there are some is the condition. */
function countsSeries(expression: Expression): boolean {
  const inner = unwrap(expression)
  const binary = asBinary(inner)
  if (binary) return countsSeries(binary.left) || countsSeries(binary.right)
  const call = asCall(inner)
  return call !== null && (COUNTING.has(call.name) || call.arguments.some(countsSeries))
}

function compared(operator: string, left: Range, right: Range): Fires {
  const least = left.low - right.high
  const most = left.high - right.low
  // Both sides without an end say nothing.
  if (Number.isNaN(least) || Number.isNaN(most)) return 'depends'
  switch (operator) {
    case '>':
      return most <= 0 ? 'never' : least > 0 ? 'always' : 'depends'
    case '>=':
      return most < 0 ? 'never' : least >= 0 ? 'always' : 'depends'
    case '<':
      return least >= 0 ? 'never' : most < 0 ? 'always' : 'depends'
    case '<=':
      return least > 0 ? 'never' : most <= 0 ? 'always' : 'depends'
    case '==':
      return least > 0 || most < 0 ? 'never' : least === 0 && most === 0 ? 'always' : 'depends'
    default:
      return least > 0 || most < 0 ? 'always' : least === 0 && most === 0 ? 'never' : 'depends'
  }
}
