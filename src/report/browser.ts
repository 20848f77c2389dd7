/** A browser that prints: the one asked for, an installed one, or the Chromium that comes with the packages. */
import type { Page } from 'puppeteer'
import { unpackBundledBrowser } from './browser/bundled.js'
import { openCache, type Cache } from './browser/cache.js'
import type { Environment } from './browser/environment.js'
import { installedBrowsers } from './browser/installed.js'
import { launchBrowser, type Launchable } from './browser/launch.js'

export interface Browser {
  /** Which one it is, and what was tried before it, for people. */
  name: string
  failures: string[]
  newPage(): Promise<Page>
  close(): Promise<void>
}

export interface BrowserOptions {
  /** Executable to prefer. */
  path?: string
  environment?: Environment
}

interface Candidate {
  name: string
  find(cache: Cache): Promise<Launchable>
}

/** Starts the first browser that does start. The promise may be awaited late: its failure waits with it. */
export function startBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const starting = startFirst(options.path, options.environment ?? process.env)
  starting.catch(() => undefined)
  return starting
}

async function startFirst(path: string | undefined, environment: Environment): Promise<Browser> {
  const cache = await openCache(environment)
  const failures: string[] = []
  try {
    for (const candidate of await candidates(path, environment)) {
      try {
        const launched = await launchBrowser(
          await candidate.find(cache),
          cache.folder,
          environment.PATH ?? '',
        )
        return {
          name: candidate.name,
          failures,
          newPage: () => launched.chromium.newPage(),
          close: () => launched.close().finally(cache.release),
        }
      } catch (error) {
        failures.push(`${candidate.name}: ${firstLine(error)}`)
      }
    }
  } catch (error) {
    await cache.release()
    throw error
  }
  await cache.release()
  throw new Error(
    `no browser could be started to print the PDF. Tried:\n${failures.map((failure) => `  ${failure}\n`).join('')}${ADVICE}`,
  )
}

const ADVICE =
  'Install Chrome or Chromium and set --browser PATH, or omit pdf: --format markdown,html,json,sarif'

async function candidates(path: string | undefined, environment: Environment): Promise<Candidate[]> {
  const system = [...(path === undefined ? [] : [path]), ...(await installedBrowsers(environment))]
  return [
    ...[...new Set(system)].map((executable) => ({
      name: executable,
      find: async () => ({ executable, libraries: null, headless: true as const }),
    })),
    {
      name: 'bundled Chromium',
      find: async ({ folder }) => {
        const { executable, libraries } = await unpackBundledBrowser(folder)
        return { executable, libraries, headless: 'shell' as const }
      },
    },
  ]
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? 'no reason given'
  )
}
