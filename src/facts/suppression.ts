/** What can be seen of findings that somebody wants ignored. */
import type { Source } from './source.js'

/** An in-place ignore comment; one without a reason is itself a finding. */
export interface Suppression {
  fact: 'suppression'
  source: Source
  rule: string
  reason: string | null
  /** Line of code it speaks of. */
  appliesToLine: number
}
