/** Words in names of code: whole ones count, in any of the ways to write a name. */
import { expect, test } from 'vitest'
import { codeWords } from '../../src/knowledge/code-words.js'
import { hasWord } from '../../src/knowledge/identifier-words.js'

test.each(['expiresAt', 'tokenExpiry', 'TTL', 'ttlMs', 'CACHE_TTL', 'maxAge', 'loadedAt', 'now'])(
  '%s speaks of age',
  (name) => expect(hasWord(name, codeWords().expiry)).toBe(true),
)

test.each(['settled', 'allSettled', 'bottle', 'throttle', 'little', 'subtitle', 'nowhere'])(
  '%s does not',
  (name) => expect(hasWord(name, codeWords().expiry)).toBe(false),
)

test.each(['LRUCache', 'QuickLRU', 'lru', 'NodeCache', 'TTLMap', 'memorycache'])('%s is a cache', (name) =>
  expect(hasWord(name, codeWords().processCaches)).toBe(true),
)

test.each(['ModelRunner', 'Bottleneck', 'Throttle'])('%s is none', (name) =>
  expect(hasWord(name, codeWords().processCaches)).toBe(false),
)

test.each([
  'inFlight',
  'inflight',
  'pendingLoads',
  'withLock',
  'Redlock',
  'memoize',
  'tokenPromise',
  'dedupe',
])('%s speaks of coalescing', (name) => expect(hasWord(name, codeWords().coalesces)).toBe(true))

test.each(['memoryCache', 'unlock', 'blocked', 'clock', 'Promise', 'spending', 'depending'])(
  '%s says nothing of it',
  (name) => expect(hasWord(name, codeWords().coalesces)).toBe(false),
)
