/** Guards that the project's own functions and decorators put around calls, and races against a timer. */
import type { Guard } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { explicit, plain } from '../values/guard-values.js'
import type { Resolved } from '../modules/resolved.js'
import type { Made } from '../values/callees.js'
import type { Shapes } from './shapes.js'
import { fails, isRace, mayHaveTimer, raceIn, raceOfDecorator, timerAgainst } from '../values/races.js'
import type { Resolver } from '../values/resolve.js'
import { bare, calleeName, isFunction, sourceOf, ts, type TS } from '../syntax/syntax.js'

type Guards = Record<string, Guard>

/** Guards that bound how long a call takes. */
export const TIMEOUTS = ['http-timeout', 'connect-timeout', 'redis-timeout', 'statement-timeout']
/** What stands around a call stops waiting for it and leaves it running. */
export const GIVES_UP = 'gives-up'

/** Of a call that gets another as an argument, or has it in one. */
export function ofProject(at: TS.CallExpression, inside: TS.Node, call: TS.Node, shapes: Shapes): Guards {
  const { resolver } = shapes
  if (isRace(at)) {
    const timer = timerAgainst(at, call, resolver)
    if (timer) return timeouts(at, 'it races against a timer (which does not cancel it)', timer)
    return mayHaveTimer(at)
      ? unknownTimeouts('it races against something named a timer, which was not seen')
      : {}
  }
  const found = resolver.resolve(bare(at.expression))
  const guards = ofWrapper(at, found)
  const owner = found.kind === 'value' && isFunction(found.node) && found.node.body ? found.node : null
  return owner ? { ...racedBy(at, owner, inside, resolver), ...guards } : guards
}

/** What a function races against a timer of what it is given. */
function racedBy(
  at: TS.CallExpression,
  owner: TS.FunctionLikeDeclaration,
  inside: TS.Node,
  resolver: Resolver,
): Guards {
  const raced = raceIn(
    owner,
    at.arguments.findIndex((argument) => argument === inside),
    resolver,
  )
  const name = bare(at.expression).getText()
  if (raced === null) return {}
  if (raced !== 'hidden') return timeouts(at, `\`${name}\` races it against a timer`, raced.timer)
  const reason = `\`${name}\` races something against a timer, and whether it is this call was not seen`
  return unknownTimeouts(reason)
}

function unknownTimeouts(reason: string): Guards {
  return Object.fromEntries(TIMEOUTS.map((pattern) => [pattern, plain('unknown', reason)]))
}

/** `@Timeout(100)`; what schedules a method under such a name does not guard it. */
export function ofDecorator(decorator: Made, shapes: Shapes): Guards {
  const found = shapes.resolver.resolve(decorator.expression)
  const schedules = found.kind === 'library' && codeWords().schedulers.includes(found.module)
  if (schedules) return {}
  const owner = found.kind === 'value' && isFunction(found.node) ? found.node : null
  const timer = owner && raceOfDecorator(owner, shapes.resolver)
  const raced = timer
    ? timeouts(decorator, `\`${calleeName(decorator)}\` races it against a timer`, timer)
    : {}
  return { ...raced, ...ofWrapper(decorator, found) }
}

function ofWrapper(at: Made, found: Resolved): Guards {
  if (found.kind === 'value' && isFunction(found.node) && found.node.body) return ofFunction(at, found.node)
  const name = calleeName(at)
  if (found.kind === 'global' || !codeWords().guardNames.test(name)) return {}
  const guard = plain('unknown', `it runs through \`${name}\`, which could not be followed`)
  return Object.fromEntries([...TIMEOUTS, 'http-retry', 'circuit-breaker'].map((pattern) => [pattern, guard]))
}

function ofFunction(at: Made, node: TS.FunctionLikeDeclaration): Guards {
  const guards: Guards = {}
  const owner = node.parent && ts.isClassLike(node.parent) ? (node.parent.name?.text ?? '') : ''
  const { namesBreaker, namesRetry } = codeWords()
  if (namesBreaker.test(owner) || namesBreaker.test(calleeName(at)))
    guards['circuit-breaker'] = ofOwn(owner || calleeName(at), at)
  if (namesRetry.test(calleeName(at))) guards['http-retry'] = ofOwn(calleeName(at), at)
  return guards
}

function ofOwn(name: string, at: Made): Guard {
  return { ...explicit(`\`${name}\` of the project wraps it`), source: sourceOf(at) }
}

function timeouts(at: TS.Node, reason: string, timer: TS.Node): Guards {
  const patterns = fails(timer) ? [...TIMEOUTS, GIVES_UP] : TIMEOUTS
  return Object.fromEntries(
    patterns.map((pattern) => [pattern, { ...explicit(reason), source: sourceOf(at) }]),
  )
}
