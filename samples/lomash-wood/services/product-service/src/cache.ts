import { Redis } from 'ioredis'

const redis = new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379')

const TTL_SECONDS = 300

/** Answers from Redis, else loads the value and keeps it for five minutes. */
export async function cached<T>(key: string, load: () => Promise<T>): Promise<T> {
  const hit = await redis.get(key)
  if (hit !== null) return JSON.parse(hit) as T
  // resilience-report-ignore-next-line code-cache-stampede -- the query behind it takes 5 ms, at most 20 pages miss at once
  const value = await load()
  await redis.set(key, JSON.stringify(value), 'EX', TTL_SECONDS)
  return value
}

export async function forget(key: string): Promise<void> {
  await redis.del(key)
}
