/**
 * Caches of which only the name is seen, as those that a container or an interface gives: `this.cache?.checkCache(id)`,
 * `context.models.priceCache.getById(id)`. What is asked and stored under the same key of them is waited for.
 */
import { codeWords } from '../../../../knowledge/code-words.js'
import { hasWord } from '../../../../knowledge/identifier-words.js'
import type { Access } from './fills.js'
import { startsWithProcess } from '../running/process-start.js'
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bindingOf } from '../syntax/scope.js'
import { callsIn } from '../syntax/noted-nodes.js'
import { bare, calleeName, enclosingFunction, ts, type TS } from '../syntax/syntax.js'

/** Objects of the language that answer at once. */
const LANGUAGE =
  /^(JSON|Object|Array|Math|Number|String|Date|Buffer|Symbol|BigInt|Boolean|parseInt|parseFloat|structuredClone)$/

/** What is done with the cache that a call asks for the value of a key; null where its name says of none. */
export function namedCacheOf(survey: Survey, read: TS.CallExpression): Access | null {
  const [key] = read.arguments
  const cache = cacheAsked(read)
  if (!key || !cache || !isWaitedFor(read) || isLocal(cache) || startsWithProcess(read)) return null
  const [place, name] = [textOf(cache), key.getText()]
  const isOfCache = (call: TS.CallExpression): boolean => textOf(receiverOf(call)) === place
  return {
    stores: (call) =>
      codeWords().namedCacheStores.test(calleeName(call)) &&
      isOfCache(call) &&
      call.arguments.length > 1 &&
      call.arguments[0]!.getText() === name,
    loads: (call) => cacheAsked(call) === null && !isOfCache(call) && mayLoad(survey, call),
  }
}

function cacheAsked(read: TS.CallExpression): TS.Expression | null {
  const { namedCaches, namedCacheReads } = codeWords()
  const receiver = receiverOf(read)
  if (!receiver || !namedCacheReads.test(calleeName(read))) return null
  const name = ts.isPropertyAccessExpression(receiver) ? receiver.name.text : receiver.getText()
  return hasWord(name, namedCaches) ? receiver : null
}

function receiverOf({ expression }: TS.CallExpression): TS.Expression | null {
  const callee = bare(expression)
  if (!ts.isPropertyAccessExpression(callee)) return null
  const receiver = bare(callee.expression)
  return ts.isIdentifier(receiver) || ts.isPropertyAccessExpression(receiver) ? receiver : null
}

/** Without the marks of what may not be there: `this.cache?` and `this.cache!` are one. */
function textOf(place: TS.Expression | null): string {
  return place?.getText().replace(/[?!\s]/g, '') ?? ''
}

/** It answers later, as what others may ask at the same time does; a memo of one run answers at once. */
function isWaitedFor(call: TS.CallExpression): boolean {
  let at: TS.Node = call.parent
  while (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at) || ts.isParenthesizedExpression(at))
    at = at.parent
  return ts.isAwaitExpression(at)
}

/** Made in the function itself, for one call of it. */
function isLocal(cache: TS.Expression): boolean {
  if (!ts.isIdentifier(cache)) return false
  const binding = bindingOf(cache)
  return (
    binding?.kind === 'value' && ts.isNewExpression(binding.node) && enclosingFunction(binding.node) !== null
  )
}

/** What is written is new to all who ask, and what is only computed nobody waits for; of the rest nobody knows. */
function mayLoad(survey: Survey, call: TS.CallExpression): boolean {
  if (survey.callsFrom(call).length > 0) return true
  const called = functionOf(survey, call.expression)
  return called ? !isFollowed(survey, called, new Set()) : !codeWords().writes.test(calleeName(call))
}

/** Everything that it calls is part of the project or of the language. */
function isFollowed(survey: Survey, called: TS.FunctionLikeDeclaration, seen: Set<TS.Node>): boolean {
  if (!called.body) return false
  if (seen.has(called)) return true
  seen.add(called)
  return callsIn(called.body).every((call) => {
    const inner = functionOf(survey, call.expression)
    return inner ? isFollowed(survey, inner, seen) : isOfLanguage(call.expression)
  })
}

/** `JSON.parse(text)`: of a name that nothing in the file declares. */
function isOfLanguage(callee: TS.Expression): boolean {
  let root = bare(callee)
  while (ts.isPropertyAccessExpression(root)) root = bare(root.expression)
  return ts.isIdentifier(root) && LANGUAGE.test(root.text) && bindingOf(root) === null
}
