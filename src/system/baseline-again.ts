/** Whether what a run left behind was gone later: a later run of the same met the baseline. */
import type { Run } from '../facts/experiment.js'
import { compareText } from '../facts/source.js'

/** The first run after this one, on the same target in the same environment, with the same experiment or fault, whose baseline held. */
export function baselineAgain(run: Run, runs: Run[]): Run | null {
  const end = run.endedAt ?? run.faultEnd?.latest ?? run.startedAt
  if (end === null || run.target === null) return null
  const later = runs.filter(
    (other) =>
      other.baselineMet === true &&
      other.startedAt !== null &&
      Date.parse(other.startedAt) > Date.parse(end) &&
      other.target === run.target &&
      other.environment === run.environment &&
      isOfTheSame(other, run),
  )
  return later.sort((a, b) => compareText(a.startedAt!, b.startedAt!))[0] ?? null
}

function isOfTheSame(one: Run, other: Run): boolean {
  return (
    (one.experiment !== null && one.experiment === other.experiment) ||
    (one.fault !== null && one.fault === other.fault)
  )
}
