/** Templates of charts that nothing rendered: the plain manifests beside them are a part of something that was not seen. */
import type { Facts } from '../../facts/fact.js'
import { listAt } from '../../facts/grouped.js'
import type { UnreadTemplate } from '../../facts/unread-template.js'
import { folderOf } from './folders.js'
import type { Placed } from './kustomize.js'

const IN_TEMPLATES = /^(?:.*\/)?templates\//

export class UnreadTemplates {
  readonly #byFolder = new Map<string, UnreadTemplate[]>()
  readonly #all: UnreadTemplate[]

  constructor(facts: Facts) {
    this.#all = facts.of('unread-template')
    for (const template of this.#all) listAt(this.#byFolder, setOf(template.source.path)).push(template)
  }

  /** One of the same set as an object: of the same chart, or else of the same folder. */
  beside({ source, renderedFrom }: Placed): UnreadTemplate | undefined {
    return renderedFrom === undefined ? this.#byFolder.get(setOf(source.path))?.[0] : undefined
  }

  /** One that makes an object of such a kind. */
  making(kinds: readonly string[]): UnreadTemplate | undefined {
    return this.#all.find((template) => template.kinds.some((kind) => kinds.includes(kind)))
  }

  /** One that makes an object of such a kind and has all of the words, wherever it is. */
  saying(words: string[], kinds: readonly string[]): UnreadTemplate | undefined {
    if (words.length === 0) return undefined
    return this.#all.find(
      (template) =>
        template.kinds.some((kind) => kinds.includes(kind)) &&
        words.every((word) => template.words.includes(word)),
    )
  }
}

/** The folder whose files are rendered together. */
function setOf(path: string): string {
  return IN_TEMPLATES.exec(path)?.[0] ?? folderOf(path)
}

/** In words, for what it may make. */
export function unreadFile({ source, isBroken }: UnreadTemplate, does: string): string {
  const what = isBroken ? 'a file that is not valid YAML' : 'a template that was not rendered'
  return `${source.path} ${does} it, ${what}`
}
