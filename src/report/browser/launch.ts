/** Starts one browser with nothing of the user's: an empty home, our fonts, no network. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Puppeteer from 'puppeteer'
import { writeFontsFile } from './fonts.js'

const LAUNCH_TIMEOUT = 30_000

/** No name resolves and no proxy answers: what a hostile page asks for never leaves the machine. */
const FLAGS = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
]

export interface Launchable {
  executable: string
  /** Folder of shared libraries that the machine may lack. */
  libraries: string | null
  headless: true | 'shell'
}

export interface Launched {
  chromium: Puppeteer.Browser
  close(): Promise<void>
}

export async function launchBrowser(browser: Launchable, cache: string, path: string): Promise<Launched> {
  const home = await mkdtemp(join(tmpdir(), 'resilience-report-home-'))
  const removeHome = (): Promise<void> => rm(home, { recursive: true, force: true, maxRetries: 3 })
  try {
    const chromium = await puppeteer().launch({
      executablePath: browser.executable,
      headless: browser.headless,
      pipe: true,
      timeout: LAUNCH_TIMEOUT,
      userDataDir: join(home, 'profile'),
      args: [...FLAGS, ...sandboxFlags()],
      env: {
        PATH: path,
        HOME: home,
        FONTCONFIG_FILE: await writeFontsFile(home, cache),
        ...(browser.libraries === null ? {} : { LD_LIBRARY_PATH: browser.libraries }),
      },
    })
    return { chromium, close: () => chromium.close().finally(removeHome) }
  } catch (error) {
    await removeHome()
    throw error
  }
}

/** Its CommonJS build: one third cheaper to load than its modules. */
function puppeteer(): typeof Puppeteer {
  return createRequire(import.meta.url)('puppeteer') as typeof Puppeteer
}

/** Chromium refuses to sandbox the superuser; for everybody else the sandbox stays. */
function sandboxFlags(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
