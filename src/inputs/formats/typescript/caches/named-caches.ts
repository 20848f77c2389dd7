/**
 * Caches of which only the name is seen, as those that a container or an interface gives: `this.cache?.checkCache(id)`,
 * `context.models.priceCache.getById(id)`. What is asked and stored under the same key of them is waited for.
 */
import { codeWords } from '../../../../knowledge/code-words.js'
import { hasWord } from '../../../../knowledge/identifier-words.js'
import type { Access } from './fills.js'
import { startsWithProcess } from '../running/process-start.js'
import { bindingOf } from '../syntax/scope.js'
import { bare, calleeName, enclosingFunction, ts, type TS } from '../syntax/syntax.js'

/** What is done with the cache that a call asks for the value of a key; null where its name says of none. */
export function namedCacheOf(read: TS.CallExpression): Access | null {
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
    loads: (call) => cacheAsked(call) === null && !isOfCache(call),
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
