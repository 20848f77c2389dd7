/** What ended the faults of one experiment, and how long that took: self-healing, an operator, nobody. */
import type { Run } from '../facts/experiment.js'
import { groupedBy } from '../facts/grouped.js'
import { compareText } from '../facts/source.js'
import { contributionOf } from './recovery-times.js'
import { rangeOf } from './timed-run.js'

/**
 * The shortest recovery took at least `least` seconds, the longest at most `most`; null where none recovered, which
 * `censored` did not while they were watched. Where intervals leave them open, the shortest took at most `leastAtMost` and the
 * longest at least `mostAtLeast`.
 */
export interface MechanismTally {
  /** Null: the records do not say. */
  mechanism: string | null
  n: number
  recovered: number
  absorbed: number
  censored: number
  unknown: number
  least: number | null
  most: number | null
  leastAtMost?: number
  mostAtLeast?: number
}

/** The most frequent first, what is not recorded last. */
export function mechanismsOf(runs: Run[]): MechanismTally[] {
  return [...groupedBy(runs, ({ mechanism }) => mechanism)]
    .map(([mechanism, group]) => tally(mechanism, group))
    .sort(
      (a, b) =>
        Number(a.mechanism === null) - Number(b.mechanism === null) ||
        b.n - a.n ||
        compareText(a.mechanism ?? '', b.mechanism ?? ''),
    )
}

function tally(mechanism: string | null, runs: Run[]): MechanismTally {
  const contributions = runs.map(contributionOf)
  const count = (kind: string): number => contributions.filter((one) => one.kind === kind).length
  const recovered = contributions.flatMap((one) => (one.kind === 'recovered' ? [one.timed] : []))
  const range = rangeOf(recovered)
  return {
    mechanism,
    n: runs.length,
    recovered: recovered.length,
    absorbed: count('absorbed'),
    censored: count('censored'),
    unknown: count('unknown'),
    least: range?.shortest.atLeast ?? null,
    most: range?.longest.atMost ?? null,
    ...(range && range.shortest.atLeast < range.shortest.atMost
      ? { leastAtMost: range.shortest.atMost }
      : {}),
    ...(range && range.longest.atLeast < range.longest.atMost ? { mostAtLeast: range.longest.atLeast } : {}),
  }
}
