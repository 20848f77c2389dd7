/** Whether anything that runs, or is set up, speaks of a name at all: code, SQL, manifests, files of variables. */
import type { ReadFile } from '../../../format.js'

/** What people read sets nothing. */
const PROSE = /^\.(md|mdx|txt|rst|adoc|html?)$/

export class Mentions {
  readonly #files: ReadFile[]
  readonly #known = new Map<string, boolean>()

  constructor(files: ReadFile[]) {
    this.#files = files.filter(({ extension }) => !PROSE.test(extension))
  }

  any(names: string[]): boolean {
    return names.some((name) => this.#has(name))
  }

  #has(name: string): boolean {
    let known = this.#known.get(name)
    if (known === undefined) {
      const sought = new RegExp(`\\b${name}\\b`, 'i')
      known = this.#files.some(({ text }) => sought.test(text))
      this.#known.set(name, known)
    }
    return known
  }
}
