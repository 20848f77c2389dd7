/** A claim in the making. */
import type { Claim } from './claim.js'

const LONGEST = 200

export function claim(
  kind: string,
  at: { line: number; text: string },
  said: Omit<Claim, 'kind' | 'line' | 'text'>,
): Claim {
  const text = at.text.trim()
  return {
    kind,
    line: at.line,
    text: text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text,
    ...said,
  }
}

/** `also on lines 3 and 9`, or nothing. */
export function alsoAt(lines: number[]): string {
  if (lines.length === 0) return ''
  return `; also stated on ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`
}
