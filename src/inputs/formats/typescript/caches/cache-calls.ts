/** Calls that read from or write to a cache, directly or through a function of the project made for it. */
import { codeWords } from '../../../../knowledge/code-words.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { calleeName, type TS } from '../syntax/syntax.js'

export function readsCache(survey: Survey, call: TS.CallExpression): boolean {
  const reached = cacheCalls(survey, call)
  return reached.some(isRead) && !reached.some(isStore)
}

export function storesInCache(survey: Survey, call: TS.CallExpression): boolean {
  const reached = cacheCalls(survey, call)
  return reached.some(isStore) && (!reached.some(isRead) || saysStore(call))
}

/** `setCachedUser(id, user)`, which may first look at what it replaces. */
function saysStore(call: TS.CallExpression): boolean {
  return codeWords().namedCacheStores.test(calleeName(call))
}

/** The command that a call is or leads to, that stores a value. */
export function storeBehind(survey: Survey, call: TS.CallExpression): OutboundCall | null {
  return cacheCalls(survey, call).find(isStore) ?? null
}

/** Of a function that also asks others than the cache none: that one loads, and is no access to the cache. */
function cacheCalls(survey: Survey, call: TS.CallExpression): OutboundCall[] {
  const direct = survey.outboundAt(call)
  const reached = direct ? [direct] : survey.callsThrough(call)
  return reached.every(({ client }) => client.library.protocol === 'cache') ? reached : []
}

const isRead = ({ method }: OutboundCall): boolean => codeWords().cacheReads.test(method)
const isStore = ({ method }: OutboundCall): boolean => codeWords().cacheWrites.test(method)
