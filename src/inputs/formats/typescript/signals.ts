/** Whether an AbortSignal given to a call ends it after a bounded time. */
import type { Guard } from '../../../facts/code.js'
import type { Resolver } from './resolve.js'
import { calleeName, classAround, some, sourceOf, ts, type TS } from './syntax.js'
import { valueOf } from './values.js'

export function signalGuard(expression: TS.Expression | TS.MethodDeclaration, resolver: Resolver): Guard {
  const source = sourceOf(expression)
  const guard = (state: Guard['state'], reason: string, seconds: number | null = null): Guard => ({
    state,
    tier: state === 'present' ? 'explicit' : null,
    value: seconds,
    unit: seconds === null ? null : 's',
    reason,
    source,
  })
  if (!ts.isExpression(expression)) return guard('unknown', 'the signal is computed')
  const timed = timedSignal(expression, resolver)
  if (timed !== null) return guard('present', '`signal` aborts after a time', timed ?? null)
  const found = resolver.resolve(expression)
  if (found.kind === 'parameter') return guard('delegated', 'the caller gives the signal')
  const controller = controllerOf(expression)
  if (controller) {
    const timer = timerThatAborts(expression, controller)
    if (timer) return guard('present', 'a timer aborts the call', secondsOf(timer, resolver))
    return guard('unknown', `no timer that aborts \`${controller}\` was found here`)
  }
  return guard('unknown', 'where the signal comes from was not found')
}

/** Seconds of an AbortSignal.timeout somewhere in the expression; undefined when not computable; null when there is none. */
function timedSignal(expression: TS.Expression, resolver: Resolver): number | undefined | null {
  let seconds: number | undefined | null = null
  const look = (root: TS.Node): boolean =>
    some(root, (node) => {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'AbortSignal.timeout') return false
      const value = node.arguments[0] ? valueOf(node.arguments[0], resolver) : null
      seconds = value?.kind === 'number' ? value.value / 1000 : undefined
      return true
    })
  if (look(expression)) return seconds
  const found = resolver.resolve(expression)
  if (found.kind === 'value') look(found.node)
  return seconds
}

/** `controller` of `controller.signal`. */
function controllerOf(expression: TS.Expression): string | null {
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'signal'
    ? expression.expression.getText()
    : null
}

function timerThatAborts(at: TS.Node, controller: string): TS.CallExpression | null {
  let timer: TS.CallExpression | null = null
  some(classAround(at) ?? at.getSourceFile(), (node) => {
    if (!ts.isCallExpression(node) || calleeName(node) !== 'setTimeout' || !node.arguments[0]) return false
    if (
      !some(
        node.arguments[0],
        (inner) =>
          ts.isPropertyAccessExpression(inner) &&
          inner.name.text === 'abort' &&
          inner.expression.getText() === controller,
      )
    )
      return false
    timer = node
    return true
  })
  return timer
}

function secondsOf(timer: TS.CallExpression, resolver: Resolver): number | null {
  const value = timer.arguments[1] ? valueOf(timer.arguments[1], resolver) : null
  return value?.kind === 'number' ? value.value / 1000 : null
}
