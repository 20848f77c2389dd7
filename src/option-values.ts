/** Values of options, as texts on the command line. */
import { InvalidArgumentError } from 'commander'
import { parseInstant } from './facts/instants.js'

export function list(text: string): string[] {
  const items = text.split(',').map((item) => item.trim())
  return [...new Set(items.filter((item) => item !== ''))]
}

export function collect(value: string, previous: string[]): string[] {
  return [...previous, value]
}

/** A date counts from its first moment in UTC. */
export function moment(text: string): Date {
  const instant = parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)
  if (instant === null)
    throw new InvalidArgumentError('Write a date or an RFC 3339 time, such as 2026-11-01T00:00:00Z.')
  return new Date(instant)
}

export function percentage(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (!(value >= 0 && value <= 100)) throw new InvalidArgumentError('Write a number from 0 to 100.')
  return value
}
