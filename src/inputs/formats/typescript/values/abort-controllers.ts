/** Whether a timer aborts what an AbortController controls, and under what conditions. */
import type { Guard } from '../../../../facts/code.js'
import { assignedToVariable } from '../syntax/assignments.js'
import { allOf, anyOf, reached, type Truth } from './conditions.js'
import { explicit, plain } from './guard-values.js'
import type { Resolver } from './resolve.js'
import { bindingOf } from '../syntax/scope.js'
import {
  bare,
  calleeName,
  classAround,
  enclosingFunction,
  isFunction,
  some,
  ts,
  walk,
  type TS,
} from '../syntax/syntax.js'
import { scopeOf } from '../syntax/uses.js'
import { valueOf } from './values.js'

const FOLLOWS = ['then', 'catch', 'finally']

interface Controller {
  name: string
  /** Where its timer would stand. */
  scope: TS.Node
  /** Whether it is made at all. */
  made: Truth
}

/** Null for what is no controller, as `options` of `options.signal`; `never` when it is not made, or nothing aborts it. */
export function controllerGuard(expression: TS.Expression, resolver: Resolver): Guard | 'never' | null {
  const controller = controllerAt(expression, resolver)
  if (!controller) return null
  const { name, scope, made } = controller
  if (made === 'no') return 'never'
  const timers = timersThatAbort(name, scope)
  if (timers.length === 0)
    return isAbortedInPassing(controller)
      ? plain('absent', `\`${name}\` is aborted by other events, and never after a time`)
      : plain('unknown', `no timer that aborts \`${name}\` was found here`)
  switch (allOf([made, anyOf(timers.map((timer) => reached(timer, scope, resolver)))])) {
    case 'yes':
      return explicit('a timer aborts the call', secondsOf(timers[0]!, resolver))
    case 'delegated':
      return plain('delegated', 'the caller decides whether a timer aborts the call')
    case 'unknown':
      return plain('unknown', `a condition decides whether a timer aborts \`${name}\``)
    case 'no':
      return isAbortedElsewhere(name, scope, timers)
        ? plain('unknown', `no timer aborts \`${name}\`, but something else does`)
        : 'never'
  }
}

function controllerAt(expression: TS.Expression, resolver: Resolver): Controller | null {
  const node = bare(expression)
  const name = node.getText()
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  if (binding?.kind === 'variable') {
    const values = assignedToVariable(binding.declaration).filter((value) => isController(bare(value)))
    const scope = scopeOf(binding.declaration)
    const made = anyOf(values.map((value) => reached(value, scope, resolver)))
    return values.length === 0 ? null : { name, scope, made }
  }
  const found = resolver.resolve(node)
  if (found.kind !== 'value' || !isController(found.node)) return null
  const own = binding?.kind === 'value' ? scopeOf(binding.node) : null
  return { name, scope: own ?? classAround(node) ?? node.getSourceFile(), made: 'yes' }
}

function isController(node: TS.Node): boolean {
  return ts.isNewExpression(node) && calleeName(node) === 'AbortController'
}

function timersThatAbort(controller: string, scope: TS.Node): TS.CallExpression[] {
  const timers: TS.CallExpression[] = []
  walk(scope, (node) => {
    if (!ts.isCallExpression(node) || calleeName(node) !== 'setTimeout' || !node.arguments[0]) return
    if (some(node.arguments[0], (inner) => aborts(inner, controller))) timers.push(node)
  })
  return timers
}

function isAbortedElsewhere(controller: string, scope: TS.Node, timers: TS.Node[]): boolean {
  let isSeen = false
  walk(scope, (node) => {
    if (timers.includes(node)) return false
    isSeen ||= aborts(node, controller)
    return true
  })
  return isSeen
}

function aborts(node: TS.Node, controller: string): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'abort' &&
    node.expression.getText() === controller
  )
}

/**
 * Only what the function itself goes on to aborts it: nobody else has the controller, and no listener waits for somebody who
 * leaves.
 */
function isAbortedInPassing({ name, scope }: Controller): boolean {
  let isAborted = false
  let isElsewhere = !isFunction(scope)
  walk(scope, (node) => {
    if (isElsewhere || !ts.isIdentifier(node) || node.text !== name) return
    const { parent } = node
    if (ts.isVariableDeclaration(parent) && parent.name === node) return
    const member =
      ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : null
    if (member === 'abort') isAborted = true
    isElsewhere ||= member === 'abort' ? !isReachedBy(parent, scope) : member !== 'signal'
  })
  return isAborted && !isElsewhere
}

/** In the function itself, or in what follows one of its promises. */
function isReachedBy(abort: TS.Node, scope: TS.Node): boolean {
  if (!ts.isCallExpression(abort.parent) || abort.parent.expression !== abort) return false
  for (let at = enclosingFunction(abort); at && at !== scope; at = enclosingFunction(at)) {
    const { parent } = at
    if (!ts.isCallExpression(parent) || !FOLLOWS.includes(calleeName(parent))) return false
  }
  return true
}

function secondsOf(timer: TS.CallExpression, resolver: Resolver): Pick<Guard, 'value' | 'unit'> {
  const value = timer.arguments[1] ? valueOf(timer.arguments[1], resolver) : null
  return value?.kind === 'number' ? { value: value.value / 1000, unit: 's' } : { value: null, unit: null }
}
