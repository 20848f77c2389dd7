/** What ended the faults of one experiment, and how long that took: self-healing, an operator, nobody. */
import type { Run } from '../facts/experiment.js'
import { groupedBy } from '../facts/grouped.js'
import { compareText } from '../facts/source.js'
import type { RecoveryPolicy } from '../knowledge/recovery-policy.js'
import { contributionOf } from './recovery-times.js'

/** `least` and `most`: seconds of the runs that recovered, null without one; `censored` were still out of tolerance at the end. */
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
}

/** The most frequent first, what is not recorded last. */
export function mechanismsOf(runs: Run[], policy: RecoveryPolicy): MechanismTally[] {
  return [...groupedBy(runs, ({ mechanism }) => mechanism)]
    .map(([mechanism, group]) => tally(mechanism, group, policy))
    .sort(
      (a, b) =>
        Number(a.mechanism === null) - Number(b.mechanism === null) ||
        b.n - a.n ||
        compareText(a.mechanism ?? '', b.mechanism ?? ''),
    )
}

function tally(mechanism: string | null, runs: Run[], policy: RecoveryPolicy): MechanismTally {
  const contributions = runs.map((run) => contributionOf(run, policy))
  const count = (kind: string): number => contributions.filter((one) => one.kind === kind).length
  const times = contributions.flatMap((one) => (one.kind === 'recovered' ? [one.observation.time] : []))
  return {
    mechanism,
    n: runs.length,
    recovered: times.length,
    absorbed: count('absorbed'),
    censored: count('censored'),
    unknown: count('unknown'),
    least: times.length === 0 ? null : Math.min(...times),
    most: times.length === 0 ? null : Math.max(...times),
  }
}
