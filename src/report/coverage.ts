/** What was read and what could be answered: printed before any finding. */
import { evidenceKinds } from '../system/evidence-kinds.js'
import type { Answers } from './answers.js'
import type { Result } from './result.js'

export function evidenceCoverage({
  inputs,
  leftOut,
  rendered,
  suppressions,
  score,
  notApplicable,
  model,
}: Answers): Result['coverage'] {
  const count = (status: Result['inputs'][number]['status']): number =>
    inputs.filter((input) => input.status === status).length
  const outcomes = { pass: 0, fail: 0, unknown: 0, notApplicable: 0, error: 0 }
  for (const { outcome } of suppressions.judged)
    outcomes[outcome === 'not-applicable' ? 'notApplicable' : outcome]++
  for (const count of notApplicable.values()) outcomes.notApplicable += count
  return {
    files: {
      found: inputs.length,
      parsed: count('parsed'),
      partial: count('partial'),
      skipped: count('skipped'),
      failed: count('failed'),
    },
    checks: outcomes,
    ratio: score.coverage,
    evidence: evidenceKinds(model).map((kind) => ({
      ...kind,
      lists: kind.lists.map(({ what, places }) => ({
        what,
        places: places.map(({ path, line }) => ({ path, line })),
      })),
    })),
    leftOut,
    rendered,
  }
}
