/** The runs that may count: each id once, none dated after the review. */
import type { Run } from '../facts/experiment.js'
import { formatSource } from '../facts/source.js'

export interface SoundRuns {
  runs: Run[]
  problems: { path: string; line: number | null; column: number | null; message: string }[]
}

/** Of several runs with one id none can be told to be the right one, so only the first in order of place is kept. */
export function soundRuns(runs: Run[], asOf: string): SoundRuns {
  const kept = new Map<string, Run>()
  const problems: SoundRuns['problems'] = []
  for (const run of runs) {
    const first = kept.get(run.id)
    if (!first) {
      kept.set(run.id, run)
      continue
    }
    const { path, line, column } = run.source
    problems.push({
      path,
      line,
      column,
      message: `the run id ${run.id} is taken by ${formatSource(first.source)}; this run is not counted, give it an id of its own`,
    })
  }
  return { runs: [...kept.values()].map((run) => (isLater(run, asOf) ? postdated(run) : run)), problems }
}

function isLater({ startedAt }: Run, asOf: string): boolean {
  return startedAt !== null && Date.parse(startedAt) > Date.parse(asOf)
}

function postdated(run: Run): Run {
  return {
    ...run,
    grade: 'invalid',
    reasons: [...run.reasons, 'it is dated after the moment of this review'],
  }
}
