/** Words that names in code are made of: `memory` and `cache` of `memoryCache`, so that `memo` is none of them. */
import * as z from 'zod'

/** Plain data, as the build keeps it. */
export interface IdentifierWords {
  whole: RegExp
  anywhere: RegExp
}

/** Regular expressions of one or more words, with `_?` between them. */
export const identifierWords = z
  .strictObject({ wholeWords: z.array(z.string()).min(1) })
  .transform(({ wholeWords }): IdentifierWords => ({
    whole: new RegExp(`(?<![a-z])(?:${wholeWords.join('|')})(?![a-z])`),
    anywhere: new RegExp(wholeWords.join('|'), 'i'),
  }))

/** Whether whole words of a name say so. */
export function hasWord(name: string, { whole }: IdentifierWords): boolean {
  return whole.test(separated(name))
}

/** Whether a name in a longer text may have one: quick, and too often true. */
export function mayHaveWord(text: string, { anywhere }: IdentifierWords): boolean {
  return anywhere.test(text)
}

/** `lru_cache` for `LRUCache`, `expires_at` for `expiresAt`. */
function separated(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
}
