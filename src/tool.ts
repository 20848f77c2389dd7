/** Who we are, from package.json. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MODULE_FOLDER, PACKAGE_FOLDER } from './facts/package-folder.js'

export const tool = JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as {
  name: string
  version: string
  bugs?: { url: string }
}

const DIGEST = join(MODULE_FOLDER, 'digest.txt')

/** Digest of the program as it was built; null when the sources run directly. */
export function buildDigest(): string | null {
  return existsSync(DIGEST) ? readFileSync(DIGEST, 'utf8').trim() : null
}
