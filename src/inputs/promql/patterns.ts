/** Regular expressions of matchers: what RE2, which Prometheus matches with, refuses, and what can match nothing as it is written. */

const LETTERS_ESCAPED = /[aAbBdDfnprPsStvwWxz]/
const REPETITION = /[*+?]|\{\d+(?:,\d*)?\}/y
const LOOK_AROUND = /\(\?(?:<?[=!])/y

/** In Go's words; null for what it accepts, and for what this does not know. */
export function patternFaultIn(pattern: string): string | null {
  let depth = 0
  /** What the next repetition would repeat: nothing, something, or a repetition. */
  let before: 'nothing' | 'atom' | 'repetition' = 'nothing'
  for (let at = 0; at < pattern.length;) {
    const look = matched(LOOK_AROUND, pattern, at)
    if (look) return `invalid or unsupported Perl syntax: \`${look}\``
    const flags = matched(FLAGS, pattern, at)
    if (flags) {
      at += flags.length
      continue
    }
    const repetition = matched(REPETITION, pattern, at)
    if (repetition) {
      if (before === 'nothing') return `missing argument to repetition operator: \`${repetition}\``
      if (before === 'repetition') return `invalid nested repetition operator: \`${repetition}\``
      before = 'repetition'
      at += repetition.length + (pattern[at + repetition.length] === '?' ? 1 : 0)
      continue
    }
    const part = partAt(pattern, at)
    if (part.fault) return part.fault
    depth += part.text === ')' ? -1 : part.text.startsWith('(') ? 1 : 0
    if (depth < 0) return 'unexpected )'
    before = part.text.startsWith('(') || part.text === '|' ? 'nothing' : 'atom'
    at += part.text.length
  }
  return depth > 0 ? 'missing closing )' : null
}

interface Part {
  text: string
  fault?: string
}

const CLASS = /\[\^?(?:\[:\^?\w+:\]|\\[^]|[^\\])(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]/y
const GROUP = /\((?:\?(?:P?<\w+>|[imsU-]*:))?/y
const FLAGS = /\(\?[imsU-]+\)/y
/** What is not ended quotes Prometheus' own closing parenthesis. */
const QUOTED = /\\Q[^]*?\\E/y

/** One character, class or escape, or one parenthesis. */
function partAt(pattern: string, at: number): Part {
  const character = pattern[at]!
  if (character === '[') {
    const whole = matched(CLASS, pattern, at)
    return whole ? { text: whole } : { text: '[', fault: 'missing closing ]' }
  }
  if (character === '(') return { text: matched(GROUP, pattern, at)! }
  if (character !== '\\') return { text: character }
  const quoted = matched(QUOTED, pattern, at)
  if (quoted) return { text: quoted }
  const escaped = pattern[at + 1]
  if (escaped === 'Q') return { text: character, fault: 'missing closing )' }
  if (escaped === undefined) return { text: character, fault: 'trailing backslash at end of expression' }
  const isKnown =
    /\W|_/.test(escaped) || LETTERS_ESCAPED.test(escaped) || /^[0-7]{2}|^0/.test(pattern.slice(at + 1))
  return isKnown
    ? { text: character + escaped }
    : { text: character, fault: `invalid escape sequence: \`\\${escaped}\`` }
}

function matched(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}

/** A variable of a dashboard or of a tool that fills texts in: `$job`, `${job}`, `[[job]]`. */
const VARIABLE = /\$\{\w[^}]*\}|\$[A-Za-z_]\w*|\[\[\w+\]\]/

export function variableIn(value: string): string | null {
  return VARIABLE.exec(value)?.[0] ?? null
}

/** Why a pattern, or an alternative of it, matches nothing that a label holds; null where it may. */
export function mismatchIn(pattern: string): string | null {
  const padded = alternativesOf(pattern).find((one) => one !== one.trim() && one.trim() !== '')
  if (padded !== undefined)
    return `the blank in ${JSON.stringify(padded)} is part of the value that it matches`
  const late = /[\w-]\^/.exec(pattern.replace(/\\.|\[(?:\\.|[^\]\\])*\]/g, '.'))
  return late ? `nothing can precede the start that \`^\` requires in ${JSON.stringify(pattern)}` : null
}

/** Those that stand in no group. */
function alternativesOf(pattern: string): string[] {
  return /[([\\]/.test(pattern) ? [] : pattern.split('|')
}
