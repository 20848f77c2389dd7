/** Which series an expression selects. */
import type { Selector } from '../../facts/alert.js'
import { unquote, type Expression } from './expression.js'

const OPERATORS = ['=', '!=', '=~', '!~'] as const

/** Every selector below an expression, in the order of the text. */
export function selectorsIn({ node, text }: Expression): Selector[] {
  const found: Selector[] = []
  node.cursor().iterate((below) => {
    if (below.name !== 'VectorSelector') return true
    found.push(selectorOf({ node: below.node, text }))
    return false
  })
  return found
}

export function selectorOf({ node, text }: Expression): Selector {
  const name = node.getChild('Identifier')
  const list = node.getChild('LabelMatchers')
  const quoted = list?.getChild('QuotedLabelName')
  const matchers = [
    ...(list?.getChildren('UnquotedLabelMatcher') ?? []),
    ...(list?.getChildren('QuotedLabelMatcher') ?? []),
  ]
    .sort((a, b) => a.from - b.from)
    .flatMap((matcher) => {
      const [label, sign, value] = [matcher.firstChild, matcher.getChild('MatchOp'), matcher.lastChild].map(
        (part) => (part ? text.slice(part.from, part.to) : ''),
      )
      const operator = OPERATORS.find((candidate) => candidate === sign)
      return operator ? [{ label: unquote(label ?? ''), operator, value: unquote(value ?? '') }] : []
    })
  const named = matchers.find(({ label, operator }) => label === '__name__' && operator === '=')
  return {
    metric: name
      ? text.slice(name.from, name.to)
      : quoted
        ? unquote(text.slice(quoted.from, quoted.to))
        : (named?.value ?? ''),
    matchers: matchers.filter((matcher) => matcher !== named),
  }
}
