/** When a handler of a signal ends the process: at once, after a time, or when other code calls back. */
import { functionOf, somewhere } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, isFunction, some, ts, walk, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

const MAX_FUNCTIONS = 200

/** In seconds; `none`: at once, or not at all; `unread`: after a time that is not known; `open`: other code waits and calls back. */
export type Wait = number | 'unread' | 'open' | 'none'

/** `setTimeout(() => process.exit(1), 10_000)` in the handler or in what it calls: the longest that the drain may take. */
export function drainBound(handler: TS.Expression, survey: Survey): number | null {
  const bounds: number[] = []
  const body = functionOf(survey, handler)
  if (body) {
    somewhere(survey, body, (node) => {
      const bound = ts.isCallExpression(node) && endsProcess(node) ? secondsOf(node, survey) : 'unread'
      if (bound !== 'unread') bounds.push(bound)
      return false
    })
  }
  return bounds.length === 0 ? null : Math.max(...bounds)
}

function endsProcess(call: TS.CallExpression): boolean {
  const [callback] = call.arguments
  return isTimer(call) && callback !== undefined && some(callback, isExit)
}

/** How long a handler waits before it ends the process; of several ways the shortest. */
export function waitBeforeExit(handler: TS.Expression, survey: Survey): Wait {
  const waits: Wait[] = []
  const seen = new Set<TS.Node>()
  const follow = (code: TS.Node | undefined, before: Wait): void => {
    if (!code || seen.has(code) || seen.size >= MAX_FUNCTIONS) return
    seen.add(code)
    walk(code, (node) => {
      if (node !== code && isFunction(node)) return false
      if (isExit(node)) waits.push(before)
      if (!ts.isCallExpression(node)) return true
      const called = functionOf(survey, node.expression)?.body
      const after = isTimer(node)
        ? sumOf(before, secondsOf(node, survey))
        : called && setsTimer(called, survey)
          ? 'open'
          : before
      for (const argument of node.arguments) follow(functionOf(survey, argument)?.body, after)
      follow(called, before)
      return true
    })
  }
  follow(functionOf(survey, handler)?.body, 'none')
  if (waits.length === 0 || waits.includes('none')) return 'none'
  if (waits.includes('open')) return 'open'
  const read = waits.filter((wait) => typeof wait === 'number')
  return read.length < waits.length ? 'unread' : Math.min(...read)
}

const isExit = (node: TS.Node): boolean =>
  ts.isPropertyAccessExpression(node) && node.getText() === 'process.exit'

const isTimer = (call: TS.CallExpression): boolean => calleeName(call) === 'setTimeout'

/** Also through `this.drain()` of the object whose method it is. */
function setsTimer(code: TS.Node, survey: Survey): boolean {
  const isSet = (node: TS.Node): boolean =>
    ts.isCallExpression(node) && /^set(Timeout|Interval)$/.test(calleeName(node))
  const object = code.parent?.parent
  const isOfObject = object !== undefined && ts.isObjectLiteralExpression(object)
  return (
    somewhere(survey, code, isSet) || (isOfObject && /\bthis\b/.test(code.getText()) && some(object, isSet))
  )
}

function sumOf(before: Wait, own: number | 'unread'): Wait {
  if (before === 'none') return own
  return typeof before === 'number' && typeof own === 'number'
    ? before + own
    : before === 'open'
      ? 'open'
      : 'unread'
}

function secondsOf(timer: TS.CallExpression, survey: Survey): number | 'unread' {
  const delay = timer.arguments[1] ? valueOf(bare(timer.arguments[1]), survey.resolver) : null
  return delay?.kind === 'number' ? delay.value / 1000 : 'unread'
}
