/** Lines around a place, as evidence in the report, with secrets masked. */
import type { Source } from '../facts/source.js'

export interface Excerpt {
  firstLine: number
  lines: string[]
}

const CONTEXT_LINES = 2
const MAX_LINES = 12
const MAX_COLUMNS = 160

const SECRET_NAME = '(?:password|passwd|secret|token|api[-_]?key|private[-_]?key)'

/** Values of keys that name a secret, and credentials inside addresses and headers. */
const SECRETS = [
  new RegExp(`(${SECRET_NAME}["']?\\s*[:=]\\s*["'])[^"']+(["'])`, 'gi'),
  /(:\/\/[^:@/\s]*:)[^@/\s]+(@)/g,
  /\b((?:sk|rk|pk)_(?:live|test)_)\w+()/g,
  /(\bBearer\s+)[\w.~+/-]{8,}=*()/gi,
]

/** Files whose values need no quotes: what stands there is a value, while in code it may be a name. */
const PLAIN_VALUES = /\.(ya?ml|env|properties|ini|toml)$/i
const PLAIN_SECRETS = [
  new RegExp(`^(\\s*(?:- )?[\\w.-]*${SECRET_NAME}\\s*[:=]\\s*)(?!["'{[$|>])\\S.*()$`, 'i'),
  new RegExp(`(\\bname:\\s*["']?[\\w.-]*${SECRET_NAME}["']?\\s*,\\s*value:\\s*)[^,}\\s]+()`, 'i'),
]
const NAMES_SECRET = new RegExp(`\\bname:\\s*["']?[\\w.-]*${SECRET_NAME}["']?\\s*$`, 'i')

/** A place inside a record is named by its path: lines around it are anything. */
export function hasExcerpt({ isConfidential, pointer }: Source): boolean {
  return !isConfidential && pointer === undefined
}

export function excerptOf(source: Source, lines: string[], redact: RegExp[]): Excerpt | null {
  if (!hasExcerpt(source) || source.line > lines.length) return null
  const first = Math.max(1, source.line - CONTEXT_LINES)
  const last = Math.min(lines.length, first + MAX_LINES - 1, source.endLine + CONTEXT_LINES)
  const isPlain = PLAIN_VALUES.test(source.path)
  const shown = lines
    .slice(first - 1, last)
    .map((line, index) => mask(isPlain ? maskPlain(line, lines[first - 2 + index] ?? '') : line, redact))
  return {
    firstLine: first,
    lines: shown.map((line) => (line.length > MAX_COLUMNS ? `${line.slice(0, MAX_COLUMNS)}…` : line)),
  }
}

export function mask(text: string, redact: RegExp[]): string {
  return redact.reduce((masked, pattern) => masked.replace(pattern, '***'), replaceAll(text, SECRETS))
}

/** A value below the name of a secret is one, as in the environment of a container. */
function maskPlain(line: string, before: string): string {
  const below = NAMES_SECRET.test(before) ? line.replace(/^(\s*value:\s*).+$/, '$1***') : line
  return replaceAll(below, PLAIN_SECRETS)
}

function replaceAll(text: string, secrets: RegExp[]): string {
  return secrets.reduce((masked, secret) => masked.replace(secret, '$1***$2'), text)
}
