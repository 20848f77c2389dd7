/** What follows a call: event listeners, and methods chained behind it. */
import type { Guard } from '../../../../facts/code.js'
import type { GuardFacts } from '../../../../knowledge/libraries/guards.js'
import type { Resolver } from './resolve.js'
import { calleeName, enclosingFunction, LISTENING, some, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from './values.js'

export function isListener(
  call: TS.CallExpression,
  event: string,
): call is TS.CallExpression & { expression: TS.PropertyAccessExpression } {
  const [argument] = call.arguments
  return (
    ts.isPropertyAccessExpression(call.expression) &&
    LISTENING.includes(call.expression.name.text) &&
    argument !== undefined &&
    ts.isStringLiteralLike(argument) &&
    argument.text === event
  )
}

/** `client.on(name, handler)`: which event it is for is decided elsewhere, and may be this one. */
export function mayBeListener(
  { arguments: given }: TS.CallExpression,
  event: string,
  resolver: Resolver,
): boolean {
  const [name] = given
  if (name === undefined || given.length < 2) return false
  const value = valueOf(name, resolver)
  return value.kind !== 'text' || value.value === event
}

/** Around a call, a listener for the event (or a callback of `setTimeout` on the request) destroys the request. */
export function endsOn(call: TS.CallExpression, event: string): boolean {
  return some(enclosingFunction(call) ?? call.getSourceFile(), (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
    const listens = isListener(node, event) || calleeName(node) === 'setTimeout'
    return (
      listens &&
      some(node, (at) => ts.isPropertyAccessExpression(at) && /^(destroy|abort|end)$/.test(at.name.text))
    )
  })
}

/** `request.get(url).timeout(1000)`. */
export function chainedGuard(call: TS.CallExpression, facts: GuardFacts, resolver: Resolver): Guard | null {
  let at: TS.Node = call
  while (
    ts.isPropertyAccessExpression(at.parent) &&
    at.parent.expression === at &&
    ts.isCallExpression(at.parent.parent)
  ) {
    const method = at.parent.name.text
    const chained = at.parent.parent
    at = chained
    if (facts.chained.includes(method))
      return numbered(guard('present', `\`.${method}()\` is called on it`, at), chained, facts, resolver)
  }
  return null
}

/** The names of the methods chained behind a call, the first one first. */
export function chainedMethods(call: TS.Node): string[] {
  const { parent } = call
  const isCalled =
    ts.isPropertyAccessExpression(parent) && parent.expression === call && ts.isCallExpression(parent.parent)
  return isCalled ? [parent.name.text, ...chainedMethods(parent.parent)] : []
}

/** With the number of retries, where the method stands for one. */
function numbered(
  found: Guard,
  { arguments: [count] }: TS.CallExpression,
  { chainedDefault }: GuardFacts,
  resolver: Resolver,
): Guard {
  if (chainedDefault === undefined) return found
  const value = count ? valueOf(count, resolver) : { kind: 'number' as const, value: chainedDefault }
  if (value.kind !== 'number') return found
  return { ...found, state: value.value > 0 ? 'present' : 'absent', value: value.value, unit: 'count' }
}

function guard(state: Guard['state'], reason: string, node: TS.Node | null): Guard {
  return {
    state,
    tier: state === 'present' ? 'explicit' : null,
    value: null,
    unit: null,
    reason,
    source: node && sourceOf(node),
  }
}
