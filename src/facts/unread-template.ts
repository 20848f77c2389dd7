/** Templates that nothing rendered. */
import type { Source } from './source.js'

/** What it makes is not known, but for the plain words in it. */
export interface UnreadTemplate {
  fact: 'unread-template'
  source: Source
  kinds: string[]
  /** Values that are written out: names, labels. */
  words: string[]
}
