/** Chrome and Chromium as the machine has them. */
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Environment } from './environment.js'

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome']

/** Where installers put it on systems that do not use PATH. */
const PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
}

/** Paths of the browsers found, the preferred one first. */
export async function installedBrowsers(environment: Environment): Promise<string[]> {
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  const found: string[] = []
  for (const path of [...candidates, ...(PLACES[process.platform] ?? [])]) {
    if (await isExecutable(path)) found.push(path)
  }
  return found
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
