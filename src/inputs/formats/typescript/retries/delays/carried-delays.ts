/** Delays that a function which calls itself after a failure hands on: `retry(work, left - 1, delay * 2)`. */
import { isRandom } from '../../values/growing-delays.js'
import type { Delay } from './retry-delays.js'
import type { Retry } from '../places/hand-written-retries.js'
import type { Survey } from '../../survey/survey.js'
import { bare, some, textOf, ts, type TS } from '../../syntax/syntax.js'
import { valueOf } from '../../values/values.js'

/** Null where no parameter of the function is part of it, or all of them stay; `unknown` where it is not seen what becomes of one. */
export function carriedDelay(
  delay: TS.Expression,
  { place, owner }: Retry,
  survey: Survey,
): Delay | 'unknown' | null {
  if (!owner || !ts.isCallExpression(place)) return null
  const carried = parametersIn(delay, owner, place, survey)
  if (carried.length === 0) return null
  const random = isRandom(delay, survey.resolver)
  const changing = carried.flatMap(({ name, next }) => (next === 'same' ? [] : [{ name, next }]))
  if (changing.length === 0) return { random, growing: false }
  const isWhole = changing.some(({ name }) => name === bare(delay).getText())
  if (!isWhole)
    return changing.some(({ name }) => isRaised(delay, name)) ? { random, growing: true } : 'unknown'
  const { name, next } = changing[0]!
  if (next === null) return 'unknown'
  if (isRaised(next, name)) return { random: random || isRandom(next, survey.resolver), growing: true }
  return valueOf(next, survey.resolver).kind === 'number' ? { random, growing: false } : 'unknown'
}

interface Carried {
  name: string
  next: TS.Expression | 'same' | null
}

function parametersIn(
  delay: TS.Expression,
  owner: TS.FunctionLikeDeclaration,
  place: TS.CallExpression,
  survey: Survey,
): Carried[] {
  const found: Carried[] = []
  some(delay, (node) => {
    const isName = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)
    const value = isName ? survey.resolver.resolve(node) : null
    if (value?.kind !== 'parameter' || value.node.parent !== owner) return false
    const given = place.arguments[owner.parameters.indexOf(value.node)]
    const [option] = value.path
    // The object itself is seen where one of its members is.
    if (
      value.path.length === 0 &&
      ts.isPropertyAccessExpression(node.parent) &&
      node.parent.expression === node
    )
      return false
    const next = value.path.length > 1 ? null : handedOn(given, option)
    const isSame = next !== null && next !== 'same' && next.getText() === node.getText()
    found.push({ name: node.getText(), next: isSame ? 'same' : next })
    return false
  })
  return found
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
