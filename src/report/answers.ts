/** What the stages answered: all that the result is built from. */
import type { Evaluation } from '../rules/evaluate.js'
import type { Suppressions } from '../score/finding.js'
import type { Score } from '../score/score.js'
import type { Verdict } from '../score/verdict.js'
import type { RecoverySummary } from '../statistics/recovery.js'
import type { Model } from '../system/model.js'
import type { Result } from './result.js'

export interface Answers {
  tool: Result['tool']
  subject: Result['subject']
  asOf: string
  model: Model
  suppressions: Suppressions
  notApplicable: Evaluation['notApplicable']
  recovery: RecoverySummary[]
  score: Score
  verdict: Verdict
  inputs: Result['inputs']
  problems: Result['problems']
  /** Of the configuration, where it does not fit the system. */
  misfits: Result['problems']
  leftOut: Result['coverage']['leftOut']
  rendered: Result['coverage']['rendered']
  /** Lines of an input, for excerpts; null when it cannot be read again. */
  linesOf: (path: string) => string[] | null
}
