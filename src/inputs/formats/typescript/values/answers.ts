/** Who gets the answer of a call that is left alone: a callback, `.then(answer)`, the promise around. */
import type { Resolver } from './resolve.js'
import { typeBindingOf } from '../syntax/scope.js'
import { bare, calleeName, enclosingFunction, isFunction, ts, type TS } from '../syntax/syntax.js'

/** The call with the `.then(…)` and `.catch(…)` behind it. */
export function chainedOf(call: TS.Node): TS.Node {
  let at = call
  while (
    ts.isParenthesizedExpression(at.parent) ||
    (ts.isPropertyAccessExpression(at.parent) && /^(then|catch|finally)$/.test(at.parent.name.text)) ||
    (ts.isCallExpression(at.parent) && at.parent.expression === at)
  )
    at = at.parent
  return at
}

/** Somebody may wait for what is done with the answer. */
export function isAnswered(call: TS.Node, resolver: Resolver): boolean {
  const whole = chainedOf(call)
  for (let at = call; at !== whole.parent; at = at.parent)
    if (ts.isCallExpression(at) && takesAnswer(at, resolver)) return true
  const owner = enclosingFunction(call)
  return owner !== null && owner.parent !== undefined && ts.isNewExpression(owner.parent)
}

function takesAnswer(call: TS.CallExpression, resolver: Resolver): boolean {
  const name = calleeName(call)
  if (name === 'catch' || name === 'finally') return false
  if (name === 'then') return call.arguments[0] !== undefined && !doesNothing(call.arguments[0])
  // Callbacks come last by convention; what is written as a function is one wherever it stands.
  const last = call.arguments.at(-1)
  return (
    call.arguments.some((argument) => isFunction(bare(argument)) && !doesNothing(argument)) ||
    (last !== undefined && mayBeFunction(last, resolver))
  )
}

/** `() => {}` */
function doesNothing(argument: TS.Expression): boolean {
  const node = bare(argument)
  return isFunction(node) && !!node.body && ts.isBlock(node.body) && node.body.statements.length === 0
}

/** A name of which nothing says that it stands for data. */
function mayBeFunction(argument: TS.Expression, resolver: Resolver): boolean {
  const node = bare(argument)
  if (!ts.isIdentifier(node)) return false
  const found = resolver.resolve(node)
  switch (found.kind) {
    case 'value':
      return isFunction(found.node) || ts.isCallExpression(found.node)
    case 'parameter':
      return found.path.length > 0 || !isData(found.node.type)
    case 'unknown':
      return true
    default:
      return false
  }
}

/** A written type of which no function is. */
function isData(type: TS.TypeNode | undefined): boolean {
  if (type === undefined) return false
  if (ts.isTypeReferenceNode(type)) {
    const binding = ts.isIdentifier(type.typeName) ? typeBindingOf(type.typeName) : null
    return binding?.kind === 'value'
  }
  const { ArrayType, BooleanKeyword, NumberKeyword, StringKeyword } = ts.SyntaxKind
  return [ArrayType, BooleanKeyword, NumberKeyword, StringKeyword].some((kind) => kind === type.kind)
}
