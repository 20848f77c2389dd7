/** Guards that the project's own functions and decorators put around calls, and races against a timer. */
import type { Guard } from '../../../facts/code.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { explicit, plain } from './guard-values.js'
import type { Resolved } from './resolved.js'
import type { Made } from './callees.js'
import type { Shapes } from './shapes.js'
import { bare, calleeName, enclosingFunction, isFunction, some, sourceOf, ts, type TS } from './syntax.js'

type Guards = Record<string, Guard>

/** Guards that bound how long a call takes. */
export const TIMEOUTS = ['http-timeout', 'connect-timeout', 'redis-timeout', 'statement-timeout']
/** What stands around a call stops waiting for it and leaves it running. */
export const GIVES_UP = 'gives-up'

/** Of a call that gets another as an argument. */
export function ofProject(at: TS.CallExpression, inside: TS.Node, shapes: Shapes): Guards {
  const callee = bare(at.expression)
  if (callee.getText() === 'Promise.race') {
    const timer = timerAmong(at, inside, shapes)
    return timer ? timeouts(at, 'it races against a timer (which does not cancel it)', timer) : {}
  }
  return ofWrapper(at, shapes.resolver.resolve(callee))
}

/** `@Timeout(100)`; what schedules a method under such a name does not guard it. */
export function ofDecorator(decorator: Made, shapes: Shapes): Guards {
  const found = shapes.resolver.resolve(decorator.expression)
  const schedules = found.kind === 'library' && codeWords().schedulers.includes(found.module)
  return schedules ? {} : ofWrapper(decorator, found)
}

function ofWrapper(at: Made, found: Resolved): Guards {
  if (found.kind === 'value' && isFunction(found.node) && found.node.body) return ofFunction(at, found.node)
  const name = calleeName(at)
  if (found.kind === 'global' || !codeWords().guardNames.test(name)) return {}
  const guard = plain('unknown', `it runs through \`${name}\`, which could not be followed`)
  return Object.fromEntries([...TIMEOUTS, 'http-retry', 'circuit-breaker'].map((pattern) => [pattern, guard]))
}

function ofFunction(at: Made, node: TS.FunctionLikeDeclaration): Guards {
  const callee = bare(at.expression)
  const races = some(
    node,
    (inner) => ts.isPropertyAccessExpression(inner) && inner.getText() === 'Promise.race',
  )
  const guards: Guards = {}
  if (races && hasTimer(node))
    Object.assign(guards, timeouts(at, `\`${callee.getText()}\` races it against a timer`, node))
  const owner = node.parent && ts.isClassLike(node.parent) ? (node.parent.name?.text ?? '') : ''
  if (/breaker/i.test(owner) || /breaker/i.test(calleeName(at)))
    guards['circuit-breaker'] = ofOwn(owner || calleeName(at), at)
  if (/retry/i.test(calleeName(at))) guards['http-retry'] = ofOwn(calleeName(at), at)
  return guards
}

function ofOwn(name: string, at: Made): Guard {
  return { ...explicit(`\`${name}\` of the project stands around it`), source: sourceOf(at) }
}

function timeouts(at: TS.Node, reason: string, timer: TS.Node): Guards {
  const patterns = fails(timer) ? [...TIMEOUTS, GIVES_UP] : TIMEOUTS
  return Object.fromEntries(
    patterns.map((pattern) => [pattern, { ...explicit(reason), source: sourceOf(at) }]),
  )
}

/** The racer that is a timer, made here, in a variable or by a function of the project; else one that its name calls so. */
function timerAmong(race: TS.CallExpression, inside: TS.Node, shapes: Shapes): TS.Node | null {
  const [list] = race.arguments
  if (!list || !ts.isArrayLiteralExpression(list)) return null
  const others = list.elements.filter((element) => element !== inside)
  const timers = others.flatMap((element) => timerOf(element, shapes) ?? [])
  return timers[0] ?? others.find((element) => /timeout|timer|deadline/i.test(element.getText())) ?? null
}

/** What makes it a timer. */
function timerOf(element: TS.Expression, shapes: Shapes): TS.Node | null {
  if (hasTimer(element)) return element
  const found = shapes.resolver.resolve(element)
  if (found.kind === 'value' && hasTimer(found.node)) return found.node
  const callee = ts.isCallExpression(element) ? shapes.resolver.resolve(element.expression) : null
  return callee?.kind === 'value' && hasTimer(callee.node) ? callee.node : null
}

function hasTimer(node: TS.Node): boolean {
  return some(node, isTimer)
}

function isTimer(node: TS.Node): node is TS.CallExpression {
  return ts.isCallExpression(node) && calleeName(node) === 'setTimeout'
}

/** The timer fails: one that only resolves waits a while for what is meant to go on. */
function fails(node: TS.Node): boolean {
  return some(node, (at) => {
    if (!isTimer(at)) return false
    const [callback] = at.arguments
    const executor = enclosingFunction(at)
    const reject = executor?.parameters[1]?.name.getText()
    return (
      callback !== undefined &&
      some(
        callback,
        (inner) => ts.isThrowStatement(inner) || (ts.isIdentifier(inner) && inner.text === reject),
      )
    )
  })
}
