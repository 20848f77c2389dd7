/** Get, miss, load, store: without coalescing, all callers that miss one key load it at the same time. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { readsCache, storesInCache } from './cache-calls.js'
import type { Clients } from '../clients/clients.js'
import { isCoalesced, nameOf, PATTERN, requestBehind } from './coalesced-loads.js'
import { lifetimesOfFills } from './fill-lifetimes.js'
import { fillAfter, fillThroughHelper, mayAsk, madeOf, readerOf, type Access, type Fill } from './fills.js'
import { keptValues } from './kept-values.js'
import { namedCacheOf } from './named-caches.js'
import { practice } from '../survey/practice.js'
import { processCacheOf } from './process-caches.js'
import { bindingOf } from '../syntax/scope.js'
import { isAskedInTurn, questionOfShortLife } from './sole-callers.js'
import type { Survey } from '../survey/survey.js'
import { bare, some, sourceOf, ts, type TS } from '../syntax/syntax.js'

export function cacheFills(survey: Survey, clients: Clients): Practice[] {
  const overNetwork = fillsIn(survey)
  const ofProcess = askedByMany(
    survey,
    findFills(survey.callsNamed('get'), (read) => processCacheOf(survey, read), survey),
  )
  const seen = new Set([...overNetwork, ...ofProcess].map(({ asking }) => asking))
  const ofName = askedByMany(
    survey,
    findFills(survey.callsNamed(codeWords().namedCacheReads), (read) => namedCacheOf(survey, read), survey),
  ).filter(({ asking }) => !seen.has(asking))
  return [
    ...overNetwork.map((fill) => ({ ...judgeFill(survey, fill), about: clients.asked(fill.read) })),
    ...[...ofProcess, ...ofName].map((fill) => ({
      ...judgeFill(survey, fill, questionOfShortLife(survey, fill.asking, fill.read)),
      about: clients.asked(fill.load),
    })),
    ...lifetimesOfFills([...overNetwork, ...ofProcess, ...ofName], survey),
    ...keptValues(survey, clients),
  ]
}

function askedByMany(survey: Survey, fills: Fill[]): Fill[] {
  return fills.filter(({ asking }) => !isAskedInTurn(survey, asking))
}

const known = new WeakMap<Survey, Fill[]>()

/** Fills of caches that are asked over the network, one for each function. */
export function fillsIn(survey: Survey): Fill[] {
  let fills = known.get(survey)
  if (!fills) {
    const reads = survey.files.flatMap(({ calls }) => calls)
    known.set(survey, (fills = findFills(reads, (read) => clientCacheOf(survey, read), survey)))
  }
  return fills
}

function clientCacheOf(survey: Survey, read: TS.CallExpression): Access | null {
  if (!readsCache(survey, read)) return null
  return {
    stores: (call) => storesInCache(survey, call),
    loads: (call) => !readsCache(survey, call),
  }
}

/** One for each function that asks and for each load; those in one function before those with a helper between. */
function findFills(
  reads: TS.CallExpression[],
  cacheOf: (read: TS.CallExpression) => Access | null,
  survey: Survey,
): Fill[] {
  const seen = new Set<TS.Node>()
  const asked = reads.flatMap((read) => {
    const cache = mayAsk(read) ? cacheOf(read) : null
    return cache ? [{ read, cache }] : []
  })
  const ways = [fillAfter, (read: TS.CallExpression, cache: Access) => fillThroughHelper(survey, read, cache)]
  return ways.flatMap((way) =>
    asked.flatMap(({ read, cache }) => {
      const reader = readerOf(read)
      const fill = reader && !seen.has(reader) ? way(read, cache) : null
      if (!fill || seen.has(fill.load)) return []
      seen.add(fill.asking).add(fill.load)
      return [fill]
    }),
  )
}

function judgeFill(survey: Survey, fill: Fill, doubt: string | null = null): Practice {
  const { around, asking, read, store } = fill
  const load = requestBehind(survey, fill.load)
  const name = nameOf(load)
  const related = [
    { source: sourceOf(read), message: 'the cache is queried' },
    { source: sourceOf(store), message: 'the loaded value is stored' },
    ...(fill.through
      ? [{ source: sourceOf(fill.through), message: 'the missing value is loaded here' }]
      : []),
  ]
  if (isCoalesced(survey, fill.load, [around, asking])) {
    const detail = `Concurrent misses of one key share one call of \`${name}\``
    return practice(survey, load, PATTERN, 'present', detail, null, related)
  }
  const detail = `All callers that miss the same key call \`${name}\` concurrently`
  if (doubt) return practice(survey, load, PATTERN, 'unknown', detail, doubt, related)
  const owner = ownerIn(read.arguments[0])
  if (owner === null) return practice(survey, load, PATTERN, 'absent', detail, null, related)
  const question = `the key belongs to \`${owner}\`, which few callers may request concurrently: can many miss it together, and is \`${name}\` costly?`
  return practice(survey, load, PATTERN, 'unknown', detail, question, related)
}

/** What a key belongs to, where that is one user or customer. */
function ownerIn(key: TS.Expression | undefined): string | null {
  if (!key) return null
  const names = [...madeOf(key)].concat(membersIn(key))
  return names.find((name) => codeWords().oneCustomer.test(name)) ?? null
}

/** `org.id` of a key, also of one that a variable holds. */
function membersIn(key: TS.Expression): string[] {
  const names: string[] = []
  const node = bare(key)
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  const held = binding?.kind === 'value' ? binding.node : node
  some(held, (at) => ts.isPropertyAccessExpression(at) && (names.push(at.getText()), false))
  return names
}
