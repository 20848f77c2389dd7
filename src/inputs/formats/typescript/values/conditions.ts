/** Whether a condition holds, as far as what callers give and what is written tells. */
import type { Resolver } from './resolve.js'
import { isNothing } from '../syntax/scope.js'
import { bare, isFunction, ts, type TS } from '../syntax/syntax.js'
import { valueOf, type Value } from './values.js'

/** `delegated`: the caller decides. */
export type Truth = 'yes' | 'no' | 'delegated' | 'unknown'

export function truthOf(condition: TS.Expression, resolver: Resolver): Truth {
  const node = bare(condition)
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return negated(truthOf(node.operand, resolver))
  if (ts.isBinaryExpression(node)) return ofOperation(node, resolver)
  if (ts.isCallExpression(node) && node.expression.getText() === 'Boolean' && node.arguments[0])
    return truthOf(node.arguments[0], resolver)
  const truth = truthOfValue(valueOf(node, resolver), node, resolver)
  return truth === 'no' && maySetOtherwise(node, resolver) ? 'unknown' : truth
}

/** `process.env.SECRET ?? ''`: what holds where nobody sets the variable is not certain. */
function maySetOtherwise(node: TS.Expression, resolver: Resolver): boolean {
  return (resolver.resolve(node).or ?? []).some(
    (one) => one.kind === 'global' && one.name.startsWith('process.env.'),
  )
}

/** Whether a piece of code in a function runs when the function does: by the conditions around it. */
export function reached(node: TS.Node, within: TS.Node, resolver: Resolver): Truth {
  const conditions: Truth[] = []
  for (let at = node; at !== within && at.parent; at = at.parent) {
    const { parent } = at
    if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) {
      const [asked, otherwise] = ts.isIfStatement(parent)
        ? [parent.expression, parent.elseStatement]
        : [parent.condition, parent.whenFalse]
      if (at === asked) continue
      const truth = truthOf(asked, resolver)
      conditions.push(at === otherwise ? negated(truth) : truth)
    } else if (ts.isBinaryExpression(parent) && parent.right === at) {
      const { kind } = parent.operatorToken
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken) conditions.push(truthOf(parent.left, resolver))
      if (kind === ts.SyntaxKind.BarBarToken) conditions.push(negated(truthOf(parent.left, resolver)))
    } else if (ts.isBlock(parent) && isLeftBefore(parent, at, resolver)) conditions.push('no')
    else if (ts.isCaseOrDefaultClause(parent) && !isAskedFor(parent, at))
      conditions.push(entered(parent, resolver))
  }
  return allOf(conditions)
}

/** `switch (method) { case 'POST': … }`: a clause before it that is not left leads on into it. */
function entered(clause: TS.CaseOrDefaultClause, resolver: Resolver): Truth {
  const { clauses, parent } = clause.parent
  const before = clauses.slice(0, clauses.indexOf(clause))
  const first = before.findLastIndex(({ statements }) => isLeft(statements)) + 1
  const leading = [...before.slice(first), clause]
  const holds = (one: TS.CaseClause): Truth => isEqual(parent.expression, one.expression, resolver)
  const isEntered = (one: TS.CaseOrDefaultClause): Truth => {
    if (ts.isCaseClause(one)) return holds(one)
    return clauses.some((other) => ts.isCaseClause(other) && holds(other) === 'yes') ? 'no' : 'unknown'
  }
  return anyOf(leading.map(isEntered))
}

/** The value of a case, not what is done then. */
const isAskedFor = (clause: TS.CaseOrDefaultClause, at: TS.Node): boolean =>
  ts.isCaseClause(clause) && clause.expression === at

/** Empty ones are only further values of what follows. */
function isLeft(statements: readonly TS.Statement[]): boolean {
  const last = statements.at(-1)
  return last !== undefined && (ts.isBreakStatement(last) || leaves(last))
}

/** `if (given) return` before it, where that is certain. */
function isLeftBefore({ statements }: TS.Block, at: TS.Node, resolver: Resolver): boolean {
  return statements.some(
    (statement) =>
      statement.pos < at.pos &&
      ts.isIfStatement(statement) &&
      leaves(statement.thenStatement) &&
      truthOf(statement.expression, resolver) === 'yes',
  )
}

function leaves(statement: TS.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last))
}

export function allOf(all: Truth[]): Truth {
  if (all.includes('no')) return 'no'
  if (all.includes('delegated')) return 'delegated'
  return all.includes('unknown') ? 'unknown' : 'yes'
}

export function anyOf(all: Truth[]): Truth {
  return negated(allOf(all.map(negated)))
}

function negated(truth: Truth): Truth {
  return truth === 'yes' ? 'no' : truth === 'no' ? 'yes' : truth
}

function ofOperation(node: TS.BinaryExpression, resolver: Resolver): Truth {
  const { left, right } = node
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return allOf([truthOf(left, resolver), truthOf(right, resolver)])
    case ts.SyntaxKind.BarBarToken:
      return anyOf([truthOf(left, resolver), truthOf(right, resolver)])
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsToken:
      return isEqual(left, right, resolver)
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
      return negated(isEqual(left, right, resolver))
    case ts.SyntaxKind.GreaterThanToken:
      return isAbove(left, right, resolver)
    case ts.SyntaxKind.InKeyword:
      return holds(right, valueOf(left, resolver), resolver)
    default:
      return 'unknown'
  }
}

/** `timeout === undefined`, `mode === 'fast'`. */
function isEqual(left: TS.Expression, right: TS.Expression, resolver: Resolver): Truth {
  const [a, b] = [valueOf(left, resolver), valueOf(right, resolver)]
  if (isNothing(bare(right))) return isMissing(a, left, resolver)
  if (isNothing(bare(left))) return isMissing(b, right, resolver)
  if (a.kind === 'delegated' || b.kind === 'delegated') return 'delegated'
  if (isDefault(a) || isDefault(b)) return 'unknown'
  if (maySetOtherwise(left, resolver) || maySetOtherwise(right, resolver)) return 'unknown'
  if ('value' in a && 'value' in b) return a.value === b.value ? 'yes' : 'no'
  if (a.kind === 'switch' && b.kind === 'switch') return a.on === b.on ? 'yes' : 'no'
  return 'unknown'
}

function isMissing(value: Value, node: TS.Expression, resolver: Resolver): Truth {
  if (value.kind === 'nothing') return 'yes'
  if (value.kind === 'delegated') return 'delegated'
  if (value.kind === 'variable') return 'unknown'
  if (value.kind !== 'computed') return 'no'
  return negated(truthOfValue(value, node, resolver))
}

function isAbove(first: TS.Expression, second: TS.Expression, resolver: Resolver): Truth {
  const [left, right] = [valueOf(first, resolver), valueOf(second, resolver)]
  if (left.kind === 'delegated' || right.kind === 'delegated') return 'delegated'
  if (left.kind === 'nothing') return 'no'
  if (left.kind !== 'number' || right.kind !== 'number') return 'unknown'
  if (left.value > right.value) return 'yes'
  const isOpen = isDefault(left) || isDefault(right) || maySetOtherwise(first, resolver)
  return isOpen ? 'unknown' : 'no'
}

/** What holds unless a setting says otherwise. */
function isDefault(value: Value): boolean {
  return value.kind === 'number' && value.note !== null
}

/** `'url' in given`: certain of an object that is written out. */
function holds(object: TS.Expression, name: Value, resolver: Resolver): Truth {
  const found = resolver.resolve(object)
  if (found.kind === 'parameter') return 'delegated'
  if (found.kind !== 'value' || found.or || name.kind !== 'text') return 'unknown'
  if (!ts.isObjectLiteralExpression(found.node)) return 'unknown'
  const names = found.node.properties.map((property) => {
    const isPlain = property.name && (ts.isIdentifier(property.name) || ts.isStringLiteralLike(property.name))
    return isPlain ? property.name.text : null
  })
  if (names.includes(name.value)) return 'yes'
  return names.includes(null) ? 'unknown' : 'no'
}

function truthOfValue(value: Value, node: TS.Expression, resolver: Resolver): Truth {
  switch (value.kind) {
    case 'number':
      return value.value !== 0 ? 'yes' : isDefault(value) ? 'unknown' : 'no'
    case 'text':
      return value.value !== '' ? 'yes' : 'no'
    case 'switch':
      return value.on ? 'yes' : 'no'
    case 'nothing':
      return 'no'
    case 'delegated':
      return 'delegated'
    case 'function':
      return 'yes'
    default: {
      const found = resolver.resolve(node)
      return found.kind === 'value' && !found.or && isThing(found.node) ? 'yes' : 'unknown'
    }
  }
}

function isThing(node: TS.Node): boolean {
  return (
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isNewExpression(node) ||
    isFunction(node)
  )
}
