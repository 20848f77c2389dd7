/** Defaults that hold only where another option says so: one library over many drivers has those of the driver. */
import type { GuardDefault, GuardFacts } from '../../../../knowledge/libraries/guards.js'
import { findOption } from '../values/options.js'
import type { Resolver } from '../values/resolve.js'
import { valueOf } from '../values/values.js'
import { bindingOf } from '../syntax/scope.js'
import { bare, isFunction, ts, type TS } from '../syntax/syntax.js'

type Places = readonly (TS.Expression | undefined)[]

/** The facts with those defaults alone that hold for a client made so. */
export function factsGiven(facts: GuardFacts, create: Places, resolver: Resolver): GuardFacts {
  if (facts.defaults.every(({ given }) => given === undefined)) return facts
  return {
    ...facts,
    defaults: facts.defaults.filter(({ given }) => !given || holds(given, create, resolver)),
  }
}

function holds(
  { option, is }: NonNullable<GuardDefault['given']>,
  create: Places,
  resolver: Resolver,
): boolean {
  const found = findOption(create, option, resolver)
  if (found.state !== 'found' || !ts.isExpression(found.value)) return false
  const text = narrowedTo(found.value, create) ?? textOf(found.value, resolver)
  return text !== null && is.includes(text)
}

function textOf(expression: TS.Expression, resolver: Resolver): string | null {
  const value = valueOf(expression, resolver)
  return value.kind === 'text' ? value.value : null
}

/** `if (type === 'mssql') new DataSource({ type })`. */
function narrowedTo(value: TS.Expression, create: Places): string | null {
  const name = bare(value)
  const start = create.find((place) => place !== undefined)
  if (!ts.isIdentifier(name) || !start) return null
  let inside: TS.Node = start
  for (let at: TS.Node = start.parent; !ts.isSourceFile(at) && !isFunction(at); inside = at, at = at.parent) {
    const text =
      ts.isIfStatement(at) && at.thenStatement === inside ? comparedWith(at.expression, name) : null
    if (text !== null) return text
  }
  return null
}

function comparedWith(condition: TS.Expression, name: TS.Identifier): string | null {
  const node = bare(condition)
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken)
    return null
  const left = bare(node.left)
  const isSame = ts.isIdentifier(left) && left.text === name.text && isOneVariable(left, name)
  return isSame && ts.isStringLiteralLike(node.right) ? node.right.text : null
}

function isOneVariable(one: TS.Identifier, other: TS.Identifier): boolean {
  const [a, b] = [bindingOf(one), bindingOf(other)]
  return a !== null && b !== null && 'node' in a && 'node' in b && a.node === b.node
}
