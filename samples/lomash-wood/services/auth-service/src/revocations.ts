import { Redis } from 'ioredis'
import { isRevoked } from './database.js'
import { log } from './log.js'

export const redis = new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379', {
  connectTimeout: 1000,
  commandTimeout: 200,
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  retryStrategy: (attempt) => Math.min(100 * 2 ** attempt, 5000) + Math.floor(Math.random() * 200),
})

redis.on('error', (error) => log.warn({ error }, 'redis degraded'))

const TTL_SECONDS = 60
const pending = new Map<string, Promise<boolean>>()

/** The database decides; Redis only saves it the question. Concurrent questions about one token are asked once. */
export async function isTokenRevoked(tokenId: string): Promise<boolean> {
  const known = await readCache(tokenId)
  if (known !== null) return known
  const running = pending.get(tokenId)
  if (running) return running
  const answer = isRevoked(tokenId).finally(() => pending.delete(tokenId))
  pending.set(tokenId, answer)
  const revoked = await answer
  await writeCache(tokenId, revoked)
  return revoked
}

async function readCache(tokenId: string): Promise<boolean | null> {
  try {
    const value = await redis.get(`revoked:${tokenId}`)
    return value === null ? null : value === '1'
  } catch (error) {
    log.warn({ error }, 'cache not readable, asking the database')
    return null
  }
}

async function writeCache(tokenId: string, revoked: boolean): Promise<void> {
  try {
    const ttl = TTL_SECONDS + Math.floor(Math.random() * 30)
    await redis.set(`revoked:${tokenId}`, revoked ? '1' : '0', 'EX', ttl)
  } catch (error) {
    log.warn({ error }, 'cache not writable')
  }
}
