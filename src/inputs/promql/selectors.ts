/** Which series an expression selects. */
import type { Matcher, Selector } from '../../facts/alert.js'
import { unquote, type Expression } from './expression.js'
import { patternFaultIn } from './patterns.js'
import type { SyntaxNode } from './syntax-tree.js'

const OPERATORS = ['=', '!=', '=~', '!~'] as const

/** Every selector below an expression, in the order of the text. */
export function selectorsIn({ node, text }: Expression): Selector[] {
  const found: Selector[] = []
  node.forEach((below) => {
    if (below.name !== 'VectorSelector') return true
    found.push(selectorOf({ node: below, text }))
    return false
  })
  return found
}

export function selectorOf({ node, text }: Expression): Selector {
  const name = node.getChild('Identifier')
  const list = node.getChild('LabelMatchers')
  const quoted = list?.getChild('QuotedLabelName')
  const matchers = matcherNodesOf(node).flatMap((matcher) => matcherOf(matcher, text) ?? [])
  const named = name
    ? undefined
    : matchers.find(({ label, operator }) => label === '__name__' && operator === '=')
  return {
    metric: name
      ? text.slice(name.from, name.to)
      : quoted
        ? unquote(text.slice(quoted.from, quoted.to))
        : (named?.value ?? ''),
    matchers: matchers.filter((matcher) => matcher !== named),
  }
}

function matcherNodesOf(selector: SyntaxNode): SyntaxNode[] {
  const list = selector.getChild('LabelMatchers')
  return [
    ...(list?.getChildren('UnquotedLabelMatcher') ?? []),
    ...(list?.getChildren('QuotedLabelMatcher') ?? []),
  ].sort((a, b) => a.from - b.from)
}

function matcherOf(matcher: SyntaxNode, text: string): Matcher | null {
  const [label, sign, value] = [matcher.firstChild, matcher.getChild('MatchOp'), matcher.lastChild].map(
    (part) => (part ? text.slice(part.from, part.to) : ''),
  )
  const operator = OPERATORS.find((candidate) => candidate === sign)
  return operator ? { label: unquote(label ?? ''), operator, value: unquote(value ?? '') } : null
}

/** A matcher whose pattern is none to RE2, with its place. */
export function refusedPatternIn(selector: Expression): { message: string; offset: number } | null {
  for (const matcher of matcherNodesOf(selector.node)) {
    const { operator, value } = matcherOf(matcher, selector.text) ?? {}
    const fault = operator?.endsWith('~') ? patternFaultIn(value ?? '') : null
    if (fault) return { message: `error parsing regexp: ${fault}`, offset: matcher.from }
  }
  return null
}

/** Why Prometheus refuses a selector: its metric is named twice, or nothing in it excludes any series. */
export function selectorFaultIn(selector: Expression): string | null {
  const { metric, matchers } = selectorOf(selector)
  const again = matchers.find(({ label }) => label === '__name__')
  if (again && selector.node.getChild('Identifier'))
    return `metric name must not be set twice: "${metric}" or "${again.value}"`
  return metric !== '' || matchers.some((matcher) => !acceptsAbsence(matcher))
    ? null
    : 'vector selector must contain at least one non-empty matcher'
}

/** Whether series without the label match, as far as the plainest regular expressions tell. */
function acceptsAbsence({ operator, value }: Selector['matchers'][number]): boolean {
  if (operator === '=') return value === ''
  if (operator === '!=') return value !== ''
  return operator === '=~' ? /^(\.\*)?$/.test(value) : /^(\.\+|[\w-]+)$/.test(value)
}
