/** What follows a call or a client: event listeners, and methods chained behind a call. */
import type { Guard } from '../../../facts/code.js'
import type { GuardFacts, Library } from '../../../knowledge/libraries.js'
import type { Resolver } from './resolve.js'
import type { ClientSeen } from './shapes.js'
import type { Survey } from './survey.js'
import { calleeName, enclosingFunction, some, sourceOf, ts, type TS } from './syntax.js'
import { valueOf } from './values.js'

const LISTENING = ['on', 'once', 'addListener', 'addEventListener']

/** Whether the client has a listener for its error event, wherever it is attached. */
export function listensFor(
  { event, reason }: NonNullable<Library['errorListener']>,
  client: ClientSeen,
  survey: Survey,
): Guard {
  const attached = LISTENING.flatMap((name) => survey.callsNamed(name)).filter((call) =>
    isListener(call, event),
  )
  const listener = attached.find(
    ({ expression }) =>
      ts.isPropertyAccessExpression(expression) &&
      survey.shapes.clientOf(expression.expression)?.made === client.made,
  )
  if (listener) return guard('present', `a listener for \`${event}\` is attached`, listener)
  const made = client.made
  const loose = made && (handedOn(made, event) || survey.isHandedOn(made))
  return loose
    ? guard('unknown', 'the client is handed on, and a listener may be attached elsewhere', made)
    : guard('absent', `${reason}; no listener for \`${event}\` was found`, made)
}

/** Given to a function or returned by one: somebody else may listen. An `on(event)` through a parameter or a loop counts too. */
function handedOn(made: TS.Node, event: string): boolean {
  const parent = made.parent
  if (
    ts.isReturnStatement(parent) ||
    ts.isCallExpression(parent) ||
    ts.isNewExpression(parent) ||
    ts.isArrayLiteralExpression(parent)
  )
    return true
  return some(made.getSourceFile(), (node) => ts.isCallExpression(node) && isListener(node, event))
}

function isListener(call: TS.CallExpression, event: string): boolean {
  const [argument] = call.arguments
  return (
    ts.isPropertyAccessExpression(call.expression) &&
    LISTENING.includes(call.expression.name.text) &&
    argument !== undefined &&
    ts.isStringLiteralLike(argument) &&
    argument.text === event
  )
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
