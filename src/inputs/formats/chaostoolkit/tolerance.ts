/** Whether a probe's output lies within a tolerance, for the forms that need no program to decide. */
import { fieldsOf, numberOf } from './values.js'

/**
 * Null when undecided: regex, jsonpath and probe tolerances are left to Chaos Toolkit.
 * A list of two numbers is a closed range, but against an HTTP answer it lists the accepted status codes.
 */
export function withinTolerance(tolerance: unknown, output: unknown): boolean | null {
  const answer = fieldsOf(output)
  const value = answer && 'status' in answer ? answer['status'] : output
  if (Array.isArray(tolerance)) {
    const [low, high] = tolerance.map(numberOf)
    const range = !answer && tolerance.length === 2 && typeof low === 'number' && typeof high === 'number'
    return range ? inRange(value, low, high) : tolerance.includes(value)
  }
  const kind = fieldsOf(tolerance)
  if (kind) {
    const [low, high] = Array.isArray(kind['range']) ? kind['range'].map(numberOf) : []
    return kind['type'] === 'range' && typeof low === 'number' && typeof high === 'number'
      ? inRange(value, low, high)
      : null
  }
  return tolerance === undefined || tolerance === null ? null : value === tolerance
}

function inRange(value: unknown, low: number, high: number): boolean | null {
  const number = numberOf(value)
  return number === null ? null : number >= low && number <= high
}
