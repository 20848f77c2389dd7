/** Words that names in code are made of: `memory` and `cache` of `memoryCache`, so that `memo` is none of them. */
import { z } from 'zod'

export class IdentifierWords {
  readonly #whole: RegExp
  readonly #anywhere: RegExp

  /** `parts`: regular expressions of one or more words, with `_?` between them. */
  constructor(parts: string[]) {
    this.#whole = new RegExp(`(?<![a-z])(?:${parts.join('|')})(?![a-z])`)
    this.#anywhere = new RegExp(parts.join('|'), 'i')
  }

  /** Whether whole words of a name say so. */
  test(name: string): boolean {
    return this.#whole.test(separated(name))
  }

  /** Whether a name in a longer text may: quick, and too often true. */
  mayStandIn(text: string): boolean {
    return this.#anywhere.test(text)
  }
}

/** `lru_cache` for `LRUCache`, `expires_at` for `expiresAt`. */
function separated(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
}

export const identifierWords = z
  .strictObject({ wholeWords: z.array(z.string()).min(1) })
  .transform(({ wholeWords }) => new IdentifierWords(wholeWords))
