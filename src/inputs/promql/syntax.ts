/** Where a text is no PromQL: the first fault that its syntax tree shows. */
import type { Tree } from '@lezer/common'
import type { Query } from '../../facts/alert.js'
import { FORMER_FUNCTIONS } from './functions.js'

type SyntaxError = NonNullable<Query['syntaxError']>

/** People nest a few levels; what is deeper was made to exhaust the stack. */
const MAX_DEPTH = 250

export function syntaxFaultIn(tree: Tree, text: string): SyntaxError | null {
  let fault: SyntaxError | null = null
  let depth = 0
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (fault) return false
      depth++
      if (depth > MAX_DEPTH)
        fault = { kind: 'not-analysed', message: `nested more than ${MAX_DEPTH} levels deep`, offset: from }
      else if (type.isError) fault = unknownFunction(text, from) ?? unexpected(text, from, to)
      else if (type.name === 'StringLiteral' && !isClosed(text.slice(from, to)))
        fault = { kind: 'syntax', message: 'a string is not closed', offset: from }
      else if (type.name === 'StringLiteral') fault = escapeFault(text.slice(from, to), from)
      return true
    },
    leave: () => {
      depth--
    },
  })
  return fault
}

/** To the grammar, a function that it does not know is a selector with a stray parenthesis behind it. */
function unknownFunction(text: string, from: number): SyntaxError | null {
  const name = /[A-Za-z_][\w:]*(?=\s*$)/.exec(text.slice(0, from))
  if (!name || !/^\s*\(/.test(text.slice(from))) return null
  const former = FORMER_FUNCTIONS.get(name[0])
  return former === undefined
    ? { kind: 'syntax', message: `unknown function with name "${name[0]}"`, offset: name.index }
    : { kind: 'not-analysed', message: `${name[0]} ${former}`, offset: name.index }
}

function unexpected(text: string, from: number, to: number): SyntaxError {
  const rest = text.slice(from, Math.max(to, from + 1)).trim() || text.slice(from).trim().split(/\s/, 1)[0]!
  const message =
    rest === '' ? 'the expression ends too early' : `unexpected ${JSON.stringify(rest.slice(0, 40))}`
  return { kind: 'syntax', message, offset: from }
}

const ESCAPE = /\\(?:[abfnrtv\\]|[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|[^\\]/y

/** `"a\.b"`: in a text between quotes a backslash has to be doubled. */
function escapeFault(literal: string, offset: number): SyntaxError | null {
  const quote = literal[0]!
  if (quote === '`' || !literal.includes('\\')) return null
  const inner = literal.slice(1, -1)
  for (let at = 0; at < inner.length;) {
    ESCAPE.lastIndex = at
    const known = ESCAPE.exec(inner)?.[0] ?? (inner[at + 1] === quote ? inner.slice(at, at + 2) : null)
    if (known === null)
      return { kind: 'syntax', message: `unknown escape sequence "\\${inner[at + 1] ?? ''}"`, offset }
    at += known.length
  }
  return null
}

/** The grammar accepts strings that the end of the text cuts off; Prometheus does not. */
function isClosed(literal: string): boolean {
  return literal.length > 1 && literal.endsWith(literal[0]!)
}
