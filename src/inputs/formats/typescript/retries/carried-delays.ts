/** Delays that a function which calls itself after a failure hands on: `retry(work, left - 1, delay * 2)`. */
import { isRandom } from '../values/growing-delays.js'
import type { Delay } from './retry-delays.js'
import type { Retry } from './retry-places.js'
import type { Survey } from '../survey/survey.js'
import { bare, isFunction, some, textOf, ts, type TS } from '../syntax/syntax.js'

/** Null where it is no parameter of the function, or what becomes of it is not seen. */
export function carriedDelay(delay: TS.Expression, { place, owner }: Retry, survey: Survey): Delay | null {
  const node = bare(delay)
  if (!owner || !ts.isCallExpression(place)) return null
  const found = survey.resolver.resolve(node)
  if (found.kind !== 'parameter' || found.node.parent !== owner || found.path.length > 1) return null
  const next = handedOn(place.arguments[owner.parameters.indexOf(found.node)], found.path[0])
  if (next === 'same') return { random: isRandom(node, survey.resolver), growing: false }
  if (next === null || isFunction(next)) return null
  const random = isRandom(next, survey.resolver)
  const name = node.getText()
  if (next.getText() === name) return { random, growing: false }
  return { random, growing: isRaised(next, name) }
}

/** What the next round gets instead; `same` where it gets what this one did. */
function handedOn(
  argument: TS.Expression | undefined,
  option: string | undefined,
): TS.Expression | 'same' | null {
  // Its default comes into force again.
  if (!argument) return 'same'
  if (option === undefined) return argument
  const given = bare(argument)
  if (ts.isIdentifier(given)) return 'same'
  if (!ts.isObjectLiteralExpression(given)) return null
  for (const property of given.properties) {
    if (!property.name || textOf(property.name) !== option) continue
    if (ts.isShorthandPropertyAssignment(property)) return 'same'
    return ts.isPropertyAssignment(property) ? property.initializer : null
  }
  return given.properties.some(ts.isSpreadAssignment) ? 'same' : null
}

function isRaised(next: TS.Expression, name: string): boolean {
  return some(
    next,
    (node) =>
      ts.isBinaryExpression(node) &&
      /^(\*|\*\*|\+|<<)$/.test(node.operatorToken.getText()) &&
      some(node, (at) => at.getText() === name),
  )
}
