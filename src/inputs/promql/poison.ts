/** Divisions inside of a sum or mean: one 0/0 makes all of it NaN, which no comparison holds for. */
import type { Query } from '../../facts/alert.js'
import { valuesOf } from '../../knowledge/alerts/metric-values.js'
import {
  asBinary,
  asCall,
  isAggregation,
  isScalar,
  textOf,
  unwrap,
  type Call,
  type Expression,
} from './expression.js'
import { selectorOf } from './selectors.js'

const POISONED = /^(sum|avg|stddev|stdvar)(_over_time)?$/
const RATES = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'changes', 'resets'])
/** Zero where all that they take is. */
const OF_ZEROS = /^(sum|avg|min|max)(_over_time)?$/
/** Recorded rates are named after their operation: `job:errors:rate5m`. */
const RECORDED_RATE = /:(i?rate|increase)\w*$/

/** Divisors that can be zero by what they are, and that nothing guards. */
export function poisonsIn({ node, text }: Expression): Query['poisons'] {
  const found = new Map<string, boolean>()
  node.forEach((below) => {
    const call = asCall({ node: below, text })
    if (!call || !POISONED.test(call.name)) return
    const vector = call.arguments.find((argument) => !isScalar(argument))
    for (const divisor of vector ? divisorsIn(vector) : []) {
      const written = textOf(divisor).replace(/\s+/g, ' ')
      found.set(written, found.get(written) === true || takesSeveral(call))
    }
  })
  return [...found].map(([divisor, severalTargets]) => ({ divisor, severalTargets }))
}

/** Several targets, or several times of one. */
function takesSeveral({ name, grouping }: Call): boolean {
  if (name.endsWith('_over_time') || grouping === null) return true
  const isLost = (label: string): boolean => grouping.labels.includes(label) === (grouping.kind === 'without')
  return isLost('instance') && (grouping.kind === 'without' || isLost('pod'))
}

/** Whatever filters keeps NaN out, and what aggregates is asked for itself. */
function divisorsIn(expression: Expression): Expression[] {
  const inner = unwrap(expression)
  const binary = asBinary(inner)
  if (binary) {
    const { left, right, operator, isComparison } = binary
    if (isComparison || ['and', 'or', 'unless'].includes(operator)) return []
    const own = (operator === '/' || operator === '%') && canBeZero(right) ? [right] : []
    return [...own, ...divisorsIn(left), ...divisorsIn(right)]
  }
  const call = asCall(inner)
  return call && !isAggregation(inner) ? call.arguments.flatMap(divisorsIn) : []
}

/** Only what is often zero by its nature: a rate in a quiet hour, a target that is down. */
function canBeZero(expression: Expression): boolean {
  const inner = unwrap(expression)
  if (inner.node.name === 'VectorSelector') {
    const { metric } = selectorOf(inner)
    return valuesOf(metric)?.low === 0 || RECORDED_RATE.test(metric)
  }
  const binary = asBinary(inner)
  if (binary) return binary.operator === '+' && canBeZero(binary.left) && canBeZero(binary.right)
  const call = asCall(inner)
  if (!call) return false
  return RATES.has(call.name) || (OF_ZEROS.test(call.name) && call.arguments.some(canBeZero))
}
