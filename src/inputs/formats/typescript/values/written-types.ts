/** The type that is written for what an expression stands for: beside a variable, a field or a parameter, as a cast, or for what a function gives. */
import type { Resolved } from '../modules/resolved.js'
import { bindingOf } from '../syntax/scope.js'
import { bare, enclosingFunction, isFunction, textOf, ts, type TS } from '../syntax/syntax.js'
import { typeAt } from '../syntax/types.js'
import { declaredIn } from './members.js'

interface Following {
  resolve(expression: TS.Expression): Resolved
}

/** Null where no type is written near. */
export function writtenType(expression: TS.Expression, following: Following): TS.TypeNode | null {
  const node = bare(expression)
  const found = following.resolve(node)
  if (found.kind === 'parameter') return typeAt(found.node.type, found.path)
  return (
    (found.kind === 'value' ? typeOfValue(found.node, following) : null) ??
    (ts.isPropertyAccessExpression(node) ? ofField(node, following) : null) ??
    (ts.isIdentifier(node) ? ofVariable(node) : null)
  )
}

/** What stands around a value up to the variable or field that holds it, else what the called function says to give. */
function typeOfValue(value: TS.Node, following: Following): TS.TypeNode | null {
  if (!ts.isCallExpression(value) && !ts.isNewExpression(value)) return null
  return typeAround(value) ?? (ts.isCallExpression(value) ? givenBy(value, following) : null)
}

function typeAround(value: TS.Node): TS.TypeNode | null {
  let cast: TS.TypeNode | null = null
  for (let at = value.parent; at; at = at.parent) {
    if (ts.isAsExpression(at)) cast = at.type
    else if (ts.isVariableDeclaration(at) || ts.isPropertyDeclaration(at)) return at.type ?? cast
    else if (ts.isReturnStatement(at)) return cast ?? typeGiven(enclosingFunction(at))
    else if (!ts.isParenthesizedExpression(at) && !ts.isAwaitExpression(at)) return cast
  }
  return cast
}

function givenBy(call: TS.CallExpression, following: Following): TS.TypeNode | null {
  const callee = following.resolve(call.expression)
  return typeGiven(callee.kind === 'value' && isFunction(callee.node) ? callee.node : null)
}

/** `function connect(): Promise<Redis>`. */
function typeGiven(owner: TS.FunctionLikeDeclaration | null): TS.TypeNode | null {
  const type = owner?.type
  if (!type) return null
  const isPromise = ts.isTypeReferenceNode(type) && textOf(type.typeName) === 'Promise'
  return isPromise ? (type.typeArguments?.[0] ?? null) : type
}

function ofField(node: TS.PropertyAccessExpression, following: Following): TS.TypeNode | null {
  const owner = following.resolve(node.expression)
  const of = owner.kind === 'instance' ? owner.of : null
  const field = of && declaredIn(of, node.name.text)
  if (!field) return null
  return ts.isPropertyDeclaration(field) || ts.isParameter(field) ? (field.type ?? null) : null
}

/** `let mailer: Mailer`, set elsewhere. */
function ofVariable(name: TS.Identifier): TS.TypeNode | null {
  const binding = bindingOf(name)
  return binding?.kind === 'variable' ? (binding.declaration.type ?? null) : null
}
