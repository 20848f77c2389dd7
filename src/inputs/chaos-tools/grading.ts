/** What the record of a tool proves: a run's grade is the worst that any of its weaknesses gives, and each is named. */
import type { Grade } from '../../facts/experiment.js'

export interface Weakness {
  grade: 'weak' | 'invalid'
  reason: string
}

export function weak(reason: string): Weakness {
  return { grade: 'weak', reason }
}

export function invalid(reason: string): Weakness {
  return { grade: 'invalid', reason }
}

/** A word of the tool that the knowledge does not have: named, and nothing is concluded from it. */
export function unknownState(of: string, word: string): Weakness {
  return weak(`the state "${word.slice(0, 60)}" of ${of} is not recognised, so nothing is concluded from it`)
}

/** Equal reasons are told once; what makes a run invalid comes first. */
export function gradeOf(weaknesses: Weakness[]): { grade: Grade; reasons: string[] } {
  const invalidating = weaknesses.filter(({ grade }) => grade === 'invalid')
  const weakening = weaknesses.filter(({ grade }) => grade === 'weak')
  const reasons = [...new Set([...invalidating, ...weakening].map(({ reason }) => reason))]
  return { grade: invalidating.length > 0 ? 'invalid' : reasons.length > 0 ? 'weak' : 'valid', reasons }
}
