/** Which runs of one experiment failed, and whether it was tried again since. */
import type { Run } from '../facts/experiment.js'
import { compareText } from '../facts/source.js'

export interface FailedRun {
  run: string
  /** What the record says of it. */
  notes: string | null
  /** Later runs with valid evidence, and how many of them passed; null without a date. */
  since: { valid: number; passed: number } | null
}

/** In order of time. Runs whose evidence is invalid have shown nothing, neither a failure nor that it is gone. */
export function failuresOf(runs: Run[]): FailedRun[] {
  const valid = runs.filter(({ grade }) => grade === 'valid')
  return runs
    .filter(({ verdict, grade }) => verdict === 'fail' && grade !== 'invalid')
    .sort((a, b) => compareText(a.startedAt ?? '', b.startedAt ?? '') || compareText(a.id, b.id))
    .map(({ id, notes, startedAt }) => {
      const later = valid.filter((other) => startedAt !== null && (other.startedAt ?? '') > startedAt)
      const passed = later.filter(({ verdict }) => verdict === 'pass').length
      return { run: id, notes, since: startedAt === null ? null : { valid: later.length, passed } }
    })
}
