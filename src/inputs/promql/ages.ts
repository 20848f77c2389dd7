/** Spans of time that conditions ask for: `time() - last_success > 90000`, `certificate_ttl_seconds < 86400`. */
import { constantOf } from './constants.js'
import {
  asBinary,
  asCall,
  isAggregation,
  isScalar,
  unwrap,
  type Binary,
  type Expression,
} from './expression.js'
import { selectorOf } from './selectors.js'

/** Spans that grow or run out by a second each second, by their names; a latency may jump between two scrapes. */
const SPAN = /(?:^|_)(?:age|ttl|timestamp|expiry|expires?|expires_in|expiration)_seconds$/

/** Seconds of the span that decides whether the condition holds; null where something else decides, too. */
export function comparedAgeIn(expression: Expression): number | null {
  const binary = asBinary(unwrap(expression))
  if (!binary) return null
  const { left, right, operator, isComparison } = binary
  if (isComparison) return ageOf(binary)
  if (operator === 'unless') return comparedAgeIn(left)
  if (operator !== 'and' && operator !== 'or') return null
  const ages = [left, right].filter((side) => !isOfCalendar(side) && !isState(side)).map(comparedAgeIn)
  return ages.length === 0 || ages.includes(null) ? null : Math.min(...(ages as number[]))
}

function ageOf({ left, right }: Binary): number | null {
  const sides = [left, right].map((side) => ({
    side: undivided(withoutStates(side)),
    number: constantOf(side),
  }))
  const compared = sides.find(({ number }) => number === null)
  const number = sides.find((one) => one.number !== null)?.number ?? null
  if (!compared) return null
  const terms = sides.flatMap(({ side }) => termsOf(side.of))
  const numbers = terms.flatMap((term) => constantOf(term) ?? []).map(Math.abs)
  if (terms.some(isNow) && numbers.length > 0) return Math.max(...numbers) * compared.side.by
  return number !== null && isSpan(compared.side.of) ? Math.abs(number) * compared.side.by : null
}

/** `(time() - built) / 86400`: in days. */
function undivided(side: Expression): { of: Expression; by: number } {
  const binary = asBinary(unwrap(side))
  const by = binary?.operator === '/' ? constantOf(binary.right) : null
  return binary && by !== null && by > 0 ? { of: binary.left, by } : { of: side, by: 1 }
}

/** `(age and phase_info == 1) > 900` has the values of the left side, as far as the right one only states what is. */
function withoutStates(side: Expression): Expression {
  const binary = asBinary(unwrap(side))
  return binary?.operator === 'and' && isState(binary.right) ? binary.left : side
}

/** A series that states what is, by its name: no measurement, which a late scrape could distort. Aggregated once at most. */
function isState(side: Expression): boolean {
  const whole = unwrap(side)
  const binary = asBinary(whole)
  if (binary) return binary.isComparison && constantOf(binary.right) === 1 && isState(binary.left)
  const inner = withoutAggregation(whole)
  return inner.node.name === 'VectorSelector' && selectorOf(inner).metric.endsWith('_info')
}

/** What one aggregation takes, which makes nothing of the values but another choice of them. */
function withoutAggregation(expression: Expression): Expression {
  const call = isAggregation(expression) ? asCall(expression) : null
  return call?.arguments.length === 1 ? unwrap(call.arguments[0]!) : expression
}

const CHOOSING = ['min', 'max', 'avg']

/** What is added and subtracted; the greatest of some ages is an age. */
function termsOf(expression: Expression): Expression[] {
  const whole = unwrap(expression)
  const isChoice = isAggregation(whole) && CHOOSING.includes(asCall(whole)?.name ?? '')
  const inner = isChoice ? withoutAggregation(whole) : whole
  const binary = asBinary(inner)
  return binary && ['+', '-'].includes(binary.operator)
    ? [...termsOf(binary.left), ...termsOf(binary.right)]
    : [inner]
}

function isNow(expression: Expression): boolean {
  return asCall(expression)?.name === 'time'
}

/** A series, aggregated once at most, whose values are seconds. */
function isSpan(expression: Expression): boolean {
  const inner = withoutAggregation(unwrap(expression))
  return inner.node.name === 'VectorSelector' && SPAN.test(selectorOf(inner).metric)
}

/** `day_of_week() > 0`: no series takes part. */
function isOfCalendar(expression: Expression): boolean {
  const inner = unwrap(expression)
  const binary = asBinary(inner)
  if (binary) return isOfCalendar(binary.left) && isOfCalendar(binary.right)
  const call = asCall(inner)
  return isScalar(inner) || (call !== null && call.arguments.every(isOfCalendar))
}
