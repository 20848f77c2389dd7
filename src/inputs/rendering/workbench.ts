/** A copy of what a renderer may see: it reads nothing else, and nothing is written into the user's folder. */
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { compareText } from '../../facts/source.js'
import { renderingPolicy } from '../../knowledge/rendering.js'

const BYTES_PER_MEGABYTE = 1024 * 1024

/** What is to be rendered is larger than anything that people write. */
export class TooMuch extends Error {}

export class Workbench {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'resilience-report-render-')))
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
    const place = join(this.folder, to)
    mkdirSync(dirname(place), { recursive: true })
    copyFileSync(from, place)
  }

  write(to: string, text: string): void {
    const place = join(this.folder, to)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, text)
  }

  copyFolder(from: string, to: string): void {
    for (const entry of readdirSync(from, { withFileTypes: true }).sort((a, b) =>
      compareText(a.name, b.name),
    )) {
      if (entry.name === '.git' || entry.name === 'node_modules') continue
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
    rmSync(this.folder, { recursive: true, force: true })
  }
}
