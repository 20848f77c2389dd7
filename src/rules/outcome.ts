/** What one rule says of one subject: five outcomes, of which only pass and fail score. */
import type { Source } from '../facts/source.js'
import type { CompiledRule } from './catalogue.js'
import type { Subject } from './subject.js'

export type OutcomeKind = 'pass' | 'fail' | 'not-applicable' | 'unknown' | 'error'

/** One rule asked of one subject. */
export interface Outcome {
  rule: CompiledRule
  /** The rule's, unless something at the subject makes it matter less. */
  severity: CompiledRule['severity']
  subject: Subject
  /** It is of code that nothing is seen to run, judged as it is written: a finding, but nothing that scores. */
  dormant: boolean
  /** Further subjects for which the same place decides. */
  others: Subject[]
  outcome: OutcomeKind
  /** Why it is unknown, or what broke; of a failure why it is judged as written only, null where it is known to run. */
  reason: string | null
  /** What a person who knows the system would be asked, where it is unknown; null also where no answer matters. */
  question: string | null
  source: Source
  related: { source: Source; message: string }[]
  message: string
  /** Empty where the rule does not apply. */
  fingerprint: string
}
