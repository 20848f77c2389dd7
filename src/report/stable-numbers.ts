/** Figures that are the same on every machine: the last digits of exp and log differ between versions of V8. */

const DIGITS = 12

/** A copy with every number rounded to twelve significant digits. */
export function stableNumbers<T>(value: T): T
export function stableNumbers(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(DIGITS))
  if (Array.isArray(value)) return value.map((item: unknown) => stableNumbers(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, stableNumbers<unknown>(item)]))
}
