/** Words in names of code: whole ones count, in any of the ways to write a name. */
import { expect, test } from 'vitest'
import { codeWords } from '../../src/knowledge/code-words.js'

test.each(['expiresAt', 'tokenExpiry', 'TTL', 'ttlMs', 'CACHE_TTL', 'maxAge', 'loadedAt', 'now'])(
  '%s speaks of age',
  (name) => expect(codeWords().expiry.test(name)).toBe(true),
)

test.each(['settled', 'allSettled', 'bottle', 'throttle', 'little', 'subtitle', 'nowhere'])(
  '%s does not',
  (name) => expect(codeWords().expiry.test(name)).toBe(false),
)

test.each(['LRUCache', 'QuickLRU', 'lru', 'NodeCache', 'TTLMap', 'memorycache'])('%s is a cache', (name) =>
  expect(codeWords().processCaches.test(name)).toBe(true),
)

test.each(['ModelRunner', 'Bottleneck', 'Throttle'])('%s is none', (name) =>
  expect(codeWords().processCaches.test(name)).toBe(false),
)

test.each(['inFlight', 'inflight', 'pendingLoads', 'withLock', 'Redlock', 'memoize', 'tokenPromise', 'dedupe'])(
  '%s speaks of coalescing',
  (name) => expect(codeWords().coalesces.test(name)).toBe(true),
)

test.each(['memoryCache', 'unlock', 'blocked', 'clock', 'Promise', 'spending', 'depending'])(
  '%s says nothing of it',
  (name) => expect(codeWords().coalesces.test(name)).toBe(false),
)
