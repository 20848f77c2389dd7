/** PromQL syntax trees as PromQL speaks of them: operands, arguments, constants. */
import { signatureOf } from './functions.js'
import type { SyntaxNode } from './syntax-tree.js'

/** A part of an expression; `text` is that of the whole expression. */
export interface Expression {
  node: SyntaxNode
  text: string
}

const COMPARISONS = new Set(['Eql', 'Neq', 'Gtr', 'Gte', 'Lss', 'Lte'])
/** Nodes that hold one expression and say something about its time or sign. */
const WRAPPERS = new Set([
  'ParenExpr',
  'OffsetExpr',
  'StepInvariantExpr',
  'AnchoredExpr',
  'SmoothedExpr',
  'UnaryExpr',
  'SubqueryExpr',
  'MatrixSelector',
])
const EXPRESSIONS = new Set([
  ...WRAPPERS,
  'AggregateExpr',
  'BinaryExpr',
  'FunctionCall',
  'NumberDurationLiteral',
  'StringLiteral',
  'VectorSelector',
])

export interface Binary {
  left: Expression
  right: Expression
  /** Offset of the operator. */
  at: number
  /** As written: `>`, `and`, `/`. */
  operator: string
  isComparison: boolean
  /** With `bool` a comparison filters nothing. */
  isBool: boolean
  /** on() or ignoring(). */
  matching: {
    kind: 'on' | 'ignoring'
    labels: string[]
    group: 'left' | 'right' | null
    included: string[]
  } | null
}

export interface Call {
  /** Name of the function or aggregation. */
  name: string
  arguments: Expression[]
  /** Of an aggregation. */
  grouping: { kind: 'by' | 'without'; labels: string[] } | null
}

export function textOf({ node, text }: Expression): string {
  return text.slice(node.from, node.to)
}

/** The expression inside parentheses, offsets, signs, ranges and subqueries; itself when there is none. */
export function unwrap(expression: Expression): Expression {
  let inner = expression
  while (WRAPPERS.has(inner.node.name)) {
    const next = inside(inner)
    if (!next) return inner
    inner = next
  }
  return inner
}

/** The first expression below; null for a literal or a selector. */
export function inside({ node, text }: Expression): Expression | null {
  const [first] = expressionsIn(node)
  return first ? { node: first, text } : null
}

export function asBinary({ node, text }: Expression): Binary | null {
  if (node.name !== 'BinaryExpr') return null
  const [left, right] = expressionsIn(node)
  const sign = left && operatorAfter(left)
  if (!left || !right || !sign) return null
  return {
    left: { node: left, text },
    right: { node: right, text },
    at: sign.from,
    operator: text.slice(sign.from, sign.to).toLowerCase(),
    isComparison: COMPARISONS.has(sign.name),
    isBool: node.getChild('BoolModifier') !== null,
    matching: matchingOf(node, text),
  }
}

function operatorAfter(left: SyntaxNode): SyntaxNode | null {
  let next = left.nextSibling
  while (next?.name === 'LineComment') next = next.nextSibling
  return next
}

export function asCall({ node, text }: Expression): Call | null {
  if (node.name !== 'FunctionCall' && node.name !== 'AggregateExpr') return null
  const name = node.getChild('FunctionIdentifier') ?? node.getChild('AggregateOp')
  const body = node.getChild('FunctionCallBody')
  if (!name || !body) return null
  const modifier = node.getChild('AggregateModifier')
  return {
    name: text.slice(name.from, name.to).toLowerCase(),
    arguments: expressionsIn(body).map((argument) => ({ node: argument, text })),
    grouping: modifier
      ? {
          kind: modifier.getChild('By') ? 'by' : 'without',
          labels: labelsIn(modifier.getChild('GroupingLabels'), text),
        }
      : null,
  }
}

export function isAggregation(expression: Expression): boolean {
  return expression.node.name === 'AggregateExpr'
}

/** True for numbers, strings, time() and scalar(): no series with labels. */
export function isScalar(expression: Expression): boolean {
  const inner = unwrap(expression)
  if (inner.node.name === 'NumberDurationLiteral' || inner.node.name === 'StringLiteral') return true
  const binary = asBinary(inner)
  // The right side first: in a chain of operations it is the short one.
  if (binary) return isScalar(binary.right) && isScalar(binary.left)
  return inner.node.name === 'FunctionCall' && signatureOf(asCall(inner)?.name ?? '')?.gives === 'scalar'
}

function expressionsIn(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (EXPRESSIONS.has(child.name)) found.push(child)
  return found
}

function matchingOf(node: SyntaxNode, text: string): Binary['matching'] {
  const clause = node.getChild('MatchingModifierClause')
  if (!clause) return null
  const [labels, included] = clause.getChildren('GroupingLabels')
  return {
    kind: clause.getChild('On') ? 'on' : 'ignoring',
    labels: labelsIn(labels ?? null, text),
    group: clause.getChild('GroupLeft') ? 'left' : clause.getChild('GroupRight') ? 'right' : null,
    included: labelsIn(included ?? null, text),
  }
}

function labelsIn(grouping: SyntaxNode | null, text: string): string[] {
  const labels = [
    ...(grouping?.getChildren('LabelName') ?? []),
    ...(grouping?.getChildren('QuotedLabelName') ?? []),
  ]
  return labels.map((label) => unquote(text.slice(label.from, label.to)))
}

/** Text of a PromQL string literal, or of a plain name. */
export function unquote(literal: string): string {
  const quote = literal[0]
  if (quote === '`') return literal.slice(1, -1)
  if (quote !== '"' && quote !== "'") return literal
  return literal.slice(1, -1).replace(/\\(.)/gs, (_, escaped: string) => ESCAPES[escaped] ?? escaped)
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' }
