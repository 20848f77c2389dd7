/** Who we are, from package.json. */
import { readFileSync } from 'node:fs'

export const tool = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  name: string
  version: string
  bugs?: { url: string }
}
