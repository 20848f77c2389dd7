/** What an expression amounts to as a setting: a number where syntax can tell, else why not. */
import { parseDuration } from '../../../../facts/units.js'
import { variableReadBy } from '../modules/environment-readers.js'
import { isNothing } from '../syntax/scope.js'
import type { Resolver } from './resolve.js'
import { bare, isFunction, ts, type TS } from '../syntax/syntax.js'

export type Value =
  /** `unless`: the environment variable whose value, if it is set, counts instead. */
  | { kind: 'number'; value: number; note: string | null; unless?: string }
  | { kind: 'text'; value: string }
  | { kind: 'switch'; on: boolean }
  | { kind: 'nothing' }
  /** An environment variable without a fallback. */
  | { kind: 'variable'; name: string }
  /** Comes in through a parameter. */
  | { kind: 'delegated' }
  | { kind: 'function'; node: TS.FunctionLikeDeclaration }
  | { kind: 'computed' }

const MAX_DEPTH = 12

export function valueOf(expression: TS.Expression, resolver: Resolver, depth = 0): Value {
  const node = bare(expression)
  if (depth > MAX_DEPTH) return { kind: 'computed' }
  const inner = (part: TS.Expression): Value => valueOf(part, resolver, depth + 1)
  if (ts.isNumericLiteral(node)) return { kind: 'number', value: Number(node.text), note: null }
  if (ts.isStringLiteralLike(node)) return { kind: 'text', value: node.text }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { kind: 'switch', on: true }
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { kind: 'switch', on: false }
  if (isNothing(node)) return { kind: 'nothing' }
  if (ts.isIdentifier(node) && node.text === 'Infinity')
    return { kind: 'number', value: Infinity, note: null }
  if (isFunction(node)) return { kind: 'function', node }
  if (ts.isPrefixUnaryExpression(node)) return negated(node, inner(node.operand))
  if (ts.isBinaryExpression(node)) return binary(node.operatorToken.kind, inner(node.left), inner(node.right))
  if (ts.isConditionalExpression(node)) return { kind: 'computed' }
  if (ts.isCallExpression(node)) return called(node, inner, resolver)
  return followed(node, inner, resolver)
}

function followed(node: TS.Expression, inner: (part: TS.Expression) => Value, resolver: Resolver): Value {
  const found = resolver.resolve(node)
  switch (found.kind) {
    case 'global': {
      const variable = /^process\.env\.(\w+)$/.exec(found.name)
      if (variable) return { kind: 'variable', name: variable[1]! }
      return found.name === 'Number.POSITIVE_INFINITY'
        ? { kind: 'number', value: Infinity, note: null }
        : { kind: 'computed' }
    }
    case 'parameter': {
      const fallback = found.path.length === 0 ? found.node.initializer : found.fallback
      return fallback ? inner(fallback) : { kind: 'delegated' }
    }
    case 'nothing':
      return { kind: 'nothing' }
    case 'value':
      if (found.node !== node && ts.isExpression(found.node)) return inner(found.node)
      return isFunction(found.node) ? { kind: 'function', node: found.node } : { kind: 'computed' }
    default:
      return { kind: 'computed' }
  }
}

function negated(node: TS.PrefixUnaryExpression, operand: Value): Value {
  if (operand.kind !== 'number') return operand
  return node.operator === ts.SyntaxKind.MinusToken ? { ...operand, value: -operand.value } : operand
}

function binary(operator: TS.SyntaxKind, left: Value, right: Value): Value {
  if (operator === ts.SyntaxKind.QuestionQuestionToken || operator === ts.SyntaxKind.BarBarToken)
    return withFallback(left, right)
  if (left.kind !== 'number' || right.kind !== 'number') return { kind: 'computed' }
  const number = (value: number): Value => ({ kind: 'number', value, note: left.note ?? right.note })
  switch (operator) {
    case ts.SyntaxKind.AsteriskToken:
      return number(left.value * right.value)
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return number(left.value ** right.value)
    case ts.SyntaxKind.SlashToken:
      return number(left.value / right.value)
    case ts.SyntaxKind.PlusToken:
      return number(left.value + right.value)
    case ts.SyntaxKind.MinusToken:
      return number(left.value - right.value)
    default:
      return { kind: 'computed' }
  }
}

function withFallback(left: Value, right: Value): Value {
  if (left.kind === 'number' || left.kind === 'text' || left.kind === 'function') return left
  if (left.kind === 'nothing' || (left.kind === 'switch' && !left.on)) return right
  const number = right.kind === 'text' ? numberOf(right.value) : right.kind === 'number' ? right.value : NaN
  if (Number.isNaN(number)) return right.kind === 'nothing' ? left : { kind: 'computed' }
  return {
    kind: 'number',
    value: number,
    note: left.kind === 'variable' ? `unless ${left.name} says otherwise` : 'unless a setting says otherwise',
    ...(left.kind === 'variable' && { unless: left.name }),
  }
}

/** Not of '', which JavaScript takes for 0. */
function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text)
}

function called(node: TS.CallExpression, inner: (part: TS.Expression) => Value, resolver: Resolver): Value {
  const [argument] = node.arguments
  const name = node.expression.getText()
  if (argument && /^(Number|parseInt|Number\.parseInt|parseFloat|Number\.parseFloat|String)$/.test(name)) {
    const value = inner(argument)
    return value.kind === 'text' && !Number.isNaN(numberOf(value.value))
      ? { kind: 'number', value: numberOf(value.value), note: null }
      : value
  }
  if (argument && name === 'ms' && ts.isStringLiteralLike(argument)) {
    const seconds = parseDuration(argument.text.replace(/\s+/g, ''))
    return seconds === null ? { kind: 'computed' } : { kind: 'number', value: seconds * 1000, note: null }
  }
  if (name === 'Math.min' || name === 'Math.max') {
    const values = node.arguments.map(inner)
    const numbers = values.flatMap((value) => (value.kind === 'number' ? [value.value] : []))
    if (numbers.length === 0 || numbers.length < values.length) return { kind: 'computed' }
    return {
      kind: 'number',
      value: name === 'Math.min' ? Math.min(...numbers) : Math.max(...numbers),
      note: null,
    }
  }
  const read = variableReadBy(node, resolver)
  if (read) {
    const variable: Value = { kind: 'variable', name: read.name }
    return read.fallback ? withFallback(variable, inner(read.fallback)) : variable
  }
  const found = resolver.resolve(node)
  if (found.kind !== 'value' || found.node === node || !ts.isExpression(found.node))
    return { kind: 'computed' }
  const value = inner(found.node)
  // A function that gives both is asked because nobody knows.
  return value.kind === 'switch' && found.or ? { kind: 'computed' } : value
}
