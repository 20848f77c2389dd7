/** Lines around a place, as evidence in the report, with secrets masked. */
import type { Source } from '../facts/source.js'

export interface Excerpt {
  firstLine: number
  lines: string[]
}

const CONTEXT_LINES = 2
const MAX_LINES = 12
const MAX_COLUMNS = 160

/** Values of keys that name a secret, and credentials inside addresses. */
const SECRETS = [
  /((?:password|passwd|secret|token|api[-_]?key|private[-_]?key)["']?\s*[:=]\s*["'])[^"']+(["'])/gi,
  /(:\/\/[^:@/\s]+:)[^@/\s]+(@)/g,
  /\b((?:sk|rk|pk)_(?:live|test)_)\w+()/g,
]

export function excerptOf(source: Source, lines: string[], redact: RegExp[]): Excerpt | null {
  if (source.pointer !== undefined || source.line > lines.length) return null
  const first = Math.max(1, source.line - CONTEXT_LINES)
  const last = Math.min(lines.length, first + MAX_LINES - 1, source.endLine + CONTEXT_LINES)
  const shown = lines.slice(first - 1, last).map((line) => mask(line, redact))
  return { firstLine: first, lines: shown.map((line) => (line.length > MAX_COLUMNS ? `${line.slice(0, MAX_COLUMNS)}…` : line)) }
}

export function mask(text: string, redact: RegExp[]): string {
  const known = SECRETS.reduce((masked, secret) => masked.replace(secret, '$1***$2'), text)
  return redact.reduce((masked, pattern) => masked.replace(pattern, '***'), known)
}
