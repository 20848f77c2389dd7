/** Files of manifests that could not be read: templates that nothing rendered, and what is no valid YAML. */
import type { Source } from './source.js'

/** What it makes is not known, but for the plain words in it. */
export interface UnreadTemplate {
  fact: 'unread-template'
  source: Source
  kinds: string[]
  /** Values that are written out: names, labels. */
  words: string[]
  /** It is no template, but a file with a part that is not valid YAML. */
  isBroken?: true
}
