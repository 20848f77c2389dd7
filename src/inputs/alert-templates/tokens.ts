/** The words of Go's text/template, of which Prometheus makes labels and annotations. */

/** Why Prometheus refuses a template, in the words of Go. */
export class TemplateFault extends Error {}

export type TokenKind =
  'string' | 'number' | 'variable' | 'field' | 'dot' | 'word' | 'sign' | 'space' | 'open' | 'close'

export interface Token {
  kind: TokenKind
  text: string
}

const OPEN = /\{\{(?:- )?/y
const COMMENT = /\{\{(?:-\s)?\/\*/y
const COMMENT_END = /\*\/(?:\s-)?\}\}/y
const CLOSE = /(?:\s-)?\}\}/y
const TOKENS: [TokenKind, RegExp][] = [
  ['space', /\s+/y],
  ['string', /"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.[0-9a-fA-F]*|[^'\\\n])'/y],
  ['number', /[+-]?(?:\.\d|\d)[\w.]*(?:(?<=[eEpP])[+-]\d+)?/y],
  ['variable', /\$\w*/y],
  ['field', /\.[A-Za-z_]\w*/y],
  ['word', /[A-Za-z_]\w*/y],
  ['sign', /:=|[=|(),]/y],
  ['dot', /\./y],
]
/** What may follow a name at once. */
const AFTER_NAME = /$|\s|\.|,|\||:|\(|\)|\}\}/y

/** The tokens of all actions, each between `open` and `close`; throws a TemplateFault where Go would stop. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    const start = text.indexOf('{{', at)
    if (start < 0) return tokens
    at = matched(COMMENT, text, start) === null ? readAction(text, start, tokens) : endOfComment(text, start)
  }
}

function endOfComment(text: string, start: number): number {
  const end = text.indexOf('*/', start + 4)
  if (end < 0) throw new TemplateFault('unclosed comment')
  const closing = matched(COMMENT_END, text, end)
  if (closing === null) throw new TemplateFault('comment ends before closing delimiter')
  return end + closing.length
}

function readAction(text: string, start: number, tokens: Token[]): number {
  let at = start + matched(OPEN, text, start)!.length
  tokens.push({ kind: 'open', text: '{{' })
  for (;;) {
    const close = matched(CLOSE, text, at)
    if (close !== null) {
      tokens.push({ kind: 'close', text: '}}' })
      return at + close.length
    }
    const token = tokenAt(text, at)
    tokens.push(token)
    at += token.text.length
  }
}

function tokenAt(text: string, at: number): Token {
  if (at >= text.length) throw new TemplateFault('unclosed action')
  for (const [kind, pattern] of TOKENS) {
    const found = matched(pattern, text, at)
    if (found === null) continue
    const isName = kind === 'variable' || kind === 'field' || kind === 'word'
    const after = at + found.length
    if (isName && matched(AFTER_NAME, text, after) === null)
      throw new TemplateFault(`bad character ${JSON.stringify(text[after])}`)
    return { kind, text: found }
  }
  if (text[at] === '"') throw new TemplateFault('unterminated quoted string')
  if (text[at] === '`') throw new TemplateFault('unterminated raw quoted string')
  if (text[at] === "'")
    throw new TemplateFault('malformed character constant: strings stand between double quotes')
  throw new TemplateFault(`unexpected ${JSON.stringify(text[at])} in an action`)
}

function matched(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  return found ? found[0] : null
}
