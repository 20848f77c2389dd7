/** Many keys stored in one go with the same lifetime expire in one go, and are loaded again all at once. */
import type { Practice } from '../../../../facts/code.js'
import { storeBehind } from './cache-calls.js'
import { isRandom } from '../values/growing-delays.js'
import { lifetimeIn, mayHoldLifetime } from './lifetimes.js'
import { lifetimeForAll } from './shared-lifetimes.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, isFunction, textOf, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

const OVER_ITEMS = /^(forEach|map|flatMap)$/

export function cacheExpiries(survey: Survey): Practice[] {
  return survey.files.flatMap(({ tree, calls }) => {
    const mayHold = mayHoldLifetime(tree.text)
    return calls.flatMap((call) => {
      const isCommand = survey.outboundAt(call) !== null
      // A command itself says how long one key lives; a call that leads to one matters where it is made for many.
      const lifetime = mayHold ? lifetimeIn(call) : null
      if ((!isCommand && !lifetime) || isMark(call)) return []
      const isForEach = isPerItem(call)
      if ((!isForEach && !isCommand) || storeBehind(survey, call) === null) return []
      if (!isForEach) return lifetimeForAll(survey, call, lifetime)
      return lifetime ? judgeLifetime(survey, call, lifetime) : []
    })
  })
}

function judgeLifetime(survey: Survey, call: TS.CallExpression, lifetime: TS.Expression): Practice[] {
  const at = (state: Practice['state'], detail: string): Practice[] => [
    practice(survey, call, 'cache-ttl-jitter', state, detail),
  ]
  if (isRandom(lifetime, survey.resolver)) return at('present', 'The TTLs of keys stored together differ')
  const { kind } = valueOf(lifetime, survey.resolver)
  return kind === 'number'
    ? at('absent', `All keys stored in this loop have the same TTL (\`${lifetime.getText().slice(0, 40)}\`)`)
    : []
}

/** `set(key, '1', 'EX', 60, 'NX')` only marks what was seen: nothing is loaded when it expires. */
function isMark(call: TS.CallExpression): boolean {
  return call.arguments.some((argument) => {
    const node = bare(argument)
    if (ts.isObjectLiteralExpression(node))
      return node.properties.some((property) => property.name && textOf(property.name) === 'NX')
    return ts.isStringLiteralLike(node) && node.text.toUpperCase() === 'NX'
  })
}

/** Inside a loop over items, or a callback for each of them. */
function isPerItem(call: TS.CallExpression): boolean {
  for (let at: TS.Node = call.parent; at; at = at.parent) {
    if (ts.isForOfStatement(at)) return true
    if (!isFunction(at)) continue
    return ts.isCallExpression(at.parent) && OVER_ITEMS.test(calleeName(at.parent))
  }
  return false
}
