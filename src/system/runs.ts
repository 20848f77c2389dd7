/** The runs that may count: each id once, none dated after the review. */
import type { Run } from '../facts/experiment.js'
import { groupedBy } from '../facts/grouped.js'
import { formatSource } from '../facts/source.js'
import { unknownRecovery } from '../recovery/sampled-recovery.js'

export interface SoundRuns {
  runs: Run[]
  problems: { path: string; line: number | null; column: number | null; message: string }[]
}

/**
 * Several exports of one run are one: that which says most. Of several runs that people gave one id
 * none can be told to be the right one, so only the first in order of place is kept.
 */
export function soundRuns(runs: Run[], asOf: string): SoundRuns {
  const problems: SoundRuns['problems'] = []
  const sound = [...groupedBy(runs, ({ id }) => id).values()].map((namesakes) => {
    const areExports = namesakes.every(({ isExport }) => isExport)
    const counted = areExports ? fullestOf(namesakes) : namesakes[0]!
    const others = namesakes.filter((run) => run !== counted)
    problems.push(...others.map((other) => (areExports ? retold(other, counted) : taken(other, counted))))
    return counted
  })
  return { runs: sound.map((run) => (isLater(run, asOf) ? postdated(run) : run)), problems }
}

/** In order of time, those without a date last; an invalid run has proved nothing, so no recovery of it is stated. */
export function asProved(runs: Run[]): Run[] {
  return runs.map(withoutUnproved).sort((a, b) => timeOf(a) - timeOf(b))
}

function withoutUnproved(run: Run): Run {
  const isUnproved = run.grade === 'invalid' && run.recovery.kind !== 'unknown'
  return isUnproved ? { ...run, recovery: unknownRecovery('the run is invalid') } : run
}

function timeOf({ startedAt }: Run): number {
  return startedAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(startedAt)
}

function taken(run: Run, first: Run): SoundRuns['problems'][number] {
  const { path, line, column } = run.source
  return {
    path,
    line,
    column,
    message: `the run id ${run.id} is taken by ${formatSource(first.source)}; this run is not counted, give it an id of its own`,
  }
}

function retold({ id, source: { path, line, column } }: Run, counted: Run): SoundRuns['problems'][number] {
  return {
    path,
    line,
    column,
    message: `another export of the run ${id}, of which ${formatSource(counted.source)} says as much or more: this one is not counted, leave it out`,
  }
}

/** An export made while the run lasted lacks what came after. */
function fullestOf(exports: Run[]): Run {
  return exports.reduce((best, run) => (knownOf(run) > knownOf(best) ? run : best))
}

/** Later is more: by the end of the run, then by the time of the fault, then by what was found. */
function knownOf({ endedAt, faultStart, faultEnd, verdict }: Run): string {
  const flags = [faultEnd !== null, faultStart !== null, verdict !== 'unknown'].map(Number)
  return [endedAt ?? '', faultEnd?.latest ?? '', ...flags].join(' ')
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
