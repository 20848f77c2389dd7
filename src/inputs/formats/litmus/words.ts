/** What Litmus' own words for a verdict, a probe and a target mean. */
import type { RunVerdict } from '../../../facts/experiment.js'
import { type Bearer, type Meaning, meaningOf } from '../../../knowledge/experiment-tools.js'

/** Null for none, and for a word that is not known. */
export function meaning(bearer: Bearer, word: string | null): Meaning | null {
  return meaningOf('litmus', bearer, word)
}

const VERDICTS: Partial<Record<Meaning, RunVerdict>> = { done: 'pass', failed: 'fail', stopped: 'aborted' }

/** Awaited is no verdict, and an error says nothing of the service. */
export function verdictOf(word: string | null): RunVerdict {
  return VERDICTS[meaning('run', word) ?? 'going'] ?? 'unknown'
}

/** Not given, or not yet. */
export function isOpen(verdict: string | null): boolean {
  return verdict === null || meaning('run', verdict) === 'going'
}

export function isError(verdict: string | null): boolean {
  return meaning('run', verdict) === 'broken'
}
