/** Who we are, from package.json. */
import { existsSync, readFileSync } from 'node:fs'

export const tool = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  name: string
  version: string
  bugs?: { url: string }
}

const DIGEST = new URL('./digest.txt', import.meta.url)

/** Digest of the program as it was built; null when the sources run directly. */
export function buildDigest(): string | null {
  return existsSync(DIGEST) ? readFileSync(DIGEST, 'utf8').trim() : null
}
