/** The private folder that keeps the unpacked browser and its font cache between runs. */
import { chmod, lstat, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
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
  const stated = environment.XDG_CACHE_HOME
  const base = stated && isAbsolute(stated) ? stated : join(environment.HOME || homedir(), '.cache')
  const folder = join(base, 'resilience-report')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await requireOwn(folder)
    await chmod(folder, 0o700)
    const probe = await mkdtemp(join(folder, 'probe-'))
    await rm(probe, { recursive: true })
    return { folder, release: async () => {} }
  } catch {
    const temporary = await mkdtemp(join(tmpdir(), 'resilience-report-'))
    return { folder: temporary, release: () => rm(temporary, { recursive: true, force: true }) }
  }
}

async function requireOwn(folder: string): Promise<void> {
  const found = await lstat(folder)
  if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid()))
    throw new Error(`${folder} is not ours`)
}
