/** The private folder that keeps between runs what is costly to make: the unpacked browser, its fonts, what was read. */
import { chmod, lstat, mkdtemp, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { makeFolder } from '../../facts/make-folder.js'
import type { Environment } from './environment.js'

export interface Cache {
  folder: string
  /** Removes a folder that could not be a lasting one. */
  release(): Promise<void>
}

/**
 * `resilience-report` below XDG_CACHE_HOME or `~/.cache`, mode 0700; a fresh folder below the system's temporary one,
 * removed afterwards, when that cannot be written or belongs to somebody else.
 */
export async function openCache(environment: Environment): Promise<Cache> {
  try {
    return { folder: await lastingCache(environment), release: async () => {} }
  } catch {
    const temporary = await mkdtemp(join(tmpdir(), 'resilience-report-'))
    return { folder: temporary, release: () => rm(temporary, { recursive: true, force: true }) }
  }
}

/** The lasting folder; throws when it cannot be written or belongs to somebody else. */
export async function lastingCache(environment: Environment): Promise<string> {
  const stated = environment.XDG_CACHE_HOME
  const home = environment.HOME && isAbsolute(environment.HOME) ? environment.HOME : homedir()
  const base = stated && isAbsolute(stated) ? stated : join(home, '.cache')
  const folder = join(base, 'resilience-report')
  makeFolder(folder, 0o700)
  await requireOwn(folder)
  await chmod(folder, 0o700)
  const probe = await mkdtemp(join(folder, 'probe-'))
  await rm(probe, { recursive: true })
  return folder
}

async function requireOwn(folder: string): Promise<void> {
  const found = await lstat(folder)
  if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid()))
    throw new Error(`${folder} is not ours`)
}
