/** A copy of what a renderer may see: it reads nothing else, and nothing is written into the user's folder. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { compareText } from '../../facts/source.js'
import { renderingPolicy } from '../../knowledge/manifests/rendering.js'
import { closeFolder, openFolder } from './temporary.js'

const BYTES_PER_MEGABYTE = 1024 * 1024
/** A copy is read, never run. */
const READ_ONLY_DATA = 0o600
const SCHEMA = 'values.schema.json'
/** Helm follows such references to any file and address. */
const OUTSIDE_REFERENCE = /"\$ref"\s*:\s*"[^#"]/

/** What is to be rendered is larger than anything that people write. */
export class TooMuch extends Error {}

export class Workbench {
  readonly folder = openFolder()
  #files = 0
  #bytes = 0

  /** `to` is relative to the workbench. Links are left out: they may lead anywhere. Throws TooMuch. */
  copyFile(from: string, to: string): void {
    const found = lstatSync(from)
    if (!found.isFile()) return
    const { copiedFiles, copiedMegabytes } = renderingPolicy().limits
    this.#files += 1
    this.#bytes += found.size
    if (this.#files > copiedFiles) throw new TooMuch(`it consists of over ${copiedFiles} files`)
    if (this.#bytes > copiedMegabytes * BYTES_PER_MEGABYTE)
      throw new TooMuch(`its files hold over ${copiedMegabytes} MB`)
    const content = readFileSync(from)
    // A schema only refuses values: without it the same is rendered.
    if (from.endsWith(SCHEMA) && OUTSIDE_REFERENCE.test(content.toString('utf8'))) return
    this.write(to, content)
  }

  write(to: string, content: string | Buffer): void {
    const place = this.#placeOf(to)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, content, { mode: READ_ONLY_DATA })
  }

  copyFolder(from: string, to: string): void {
    for (const entry of readdirSync(from, { withFileTypes: true }).sort((a, b) =>
      compareText(a.name, b.name),
    )) {
      // A chart at the root of a repository has tools, settings and dependencies beside it.
      if (entry.isDirectory() && (entry.name.startsWith('.') || entry.name === 'node_modules')) continue
      if (entry.isDirectory()) this.copyFolder(join(from, entry.name), join(to, entry.name))
      else if (entry.isFile()) this.copyFile(join(from, entry.name), join(to, entry.name))
    }
  }

  /** Whether the text of any file says something; packed charts are not looked into, and may. */
  mentions(pattern: RegExp, folder = this.folder): boolean {
    return readdirSync(folder, { withFileTypes: true }).some((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return this.mentions(pattern, path)
      return entry.name.endsWith('.tgz') || pattern.test(readFileSync(path, 'utf8'))
    })
  }

  clear(): void {
    closeFolder(this.folder)
  }

  /** Names of files and charts come from strangers. */
  #placeOf(to: string): string {
    const place = join(this.folder, to)
    if (!place.startsWith(this.folder + sep)) throw new TooMuch(`${to} lies outside of it`)
    return place
  }
}
