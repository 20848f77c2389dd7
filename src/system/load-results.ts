/** Joins the results of load tests with the runs that they name: nothing else tells that they belong together. */
import type { Run } from '../facts/experiment.js'
import type { LoadResult } from '../facts/load-result.js'

/** Null `run`: it names no run, so it is a result of a load test and of no experiment. */
export interface JoinedLoad {
  result: LoadResult
  run: string | null
  reason: string
}

/** A name has to be one run's own, or that of an experiment that ran once. */
export function joinLoadResults(results: LoadResult[], runs: Run[]): JoinedLoad[] {
  return results.map((result) => {
    const named = (names: (run: Run) => string | null): Run[] =>
      runs.filter((run) => result.takenFor.includes(names(run) ?? ''))
    const own = named(({ id }) => id)
    const candidates = own.length > 0 ? own : named(({ experiment }) => experiment)
    const [only, ...others] = candidates
    if (result.takenFor.length === 0) return { result, run: null, reason: 'it names no run' }
    if (!only) return { result, run: null, reason: `no run is called ${result.takenFor.join(' or ')}` }
    if (others.length > 0)
      return {
        result,
        run: null,
        reason: `${candidates.length} runs are called ${result.takenFor.join(' or ')}`,
      }
    return { result, run: only.id, reason: `it names ${own.length > 0 ? 'the run' : 'the experiment'}` }
  })
}

/** What the load test of a run says of it: that there was load, and what it found. A breach is the test's, and a note of the run. */
export function withLoad(runs: Run[], joined: JoinedLoad[]): Run[] {
  return runs.map((run) => {
    const own = joined.filter((load) => load.run === run.id).map(({ result }) => result)
    if (own.length === 0) return run
    const breached = own.flatMap(({ format, thresholds }) =>
      thresholds
        .filter(({ state }) => state === 'breached')
        .map(({ metric, expression }) => `the ${format} test of this run breached ${metric} ${expression}`),
    )
    const hasRequests = own.some(({ requests }) => requests !== null && requests > 0)
    return {
      ...run,
      load: run.load ?? (hasRequests ? true : null),
      notes: [run.notes, ...breached].filter((note) => note !== null).join('; ') || null,
    }
  })
}
