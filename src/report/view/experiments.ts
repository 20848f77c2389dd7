/** Experiments and their runs as documents show them. */
import type { Result } from '../result.js'
import { duration, moment, shortDay } from './figures.js'
import { placeOf } from './findings.js'
import { cut } from './lists.js'
import { experimentLabel, type Names } from './names.js'

export const experimentStates = ['current', 'overdue', 'stale', 'never-run', 'unknown'] as const
const RUNS = 200
const LOAD_TESTS = 50

export function viewExperiments(result: Result, names: Names) {
  return result.experiments.map((experiment) => ({
    ...(names.experiment(experiment.id) ?? { id: experiment.id, anchor: '', title: experiment.title }),
    key: experiment.id,
    place: placeOf(experiment.source),
    target: experiment.target === null ? null : names.component(experiment.target),
    targetReason: experiment.targetReason,
    fault: experiment.fault,
    environment: experiment.environment,
    owner: experiment.owner,
    cadence: experiment.cadence,
    runs: experiment.runs,
    lastRun: shortDay(experiment.lastRun),
    /** Only where it is another day. */
    lastCounted:
      experiment.lastCounted === experiment.lastRun ? null : (shortDay(experiment.lastCounted) ?? 'none'),
    due: shortDay(experiment.due),
    state: experiment.state,
    stateReason: experiment.stateReason,
    partsMissing: Object.entries(experiment.parts)
      .filter(([, present]) => !present)
      .map(([part]) => part.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)),
  }))
}

export function viewRuns(result: Result, names: Names) {
  const { shown, more } = cut(result.runs, RUNS)
  return {
    total: result.runs.length,
    more,
    shown: shown.map((run) => ({
      ...(names.run(run.id) ?? { id: run.id, anchor: '', title: run.id }),
      experiment: run.experiment === null ? null : experimentLabel(run.experiment, names),
      experimentAnchor: (run.experiment && names.experiment(run.experiment)?.anchor) ?? null,
      experimentReason: run.experimentReason,
      place: placeOf(run.source),
      format: run.format,
      startedAt: moment(run.startedAt),
      environment: run.environment,
      verdict: run.verdict,
      grade: run.grade,
      reasons: run.reasons,
      recovery: {
        ...run.recovery,
        seconds: duration(run.recovery.seconds),
        low: duration(run.recovery.low),
        high: duration(run.recovery.high),
      },
      observedBy: run.observedBy,
      safety: run.safety.filter(({ outcome }) => outcome === 'fail'),
    })),
  }
}

/** Held and breached are words of the test: it says nothing of a fault. */
export function viewLoadTests(result: Result, names: Names) {
  const { shown, more } = cut(result.loadTests, LOAD_TESTS)
  return {
    more,
    shown: shown.map((test) => {
      const inState = (state: (typeof test.thresholds)[number]['state']) =>
        test.thresholds.filter((threshold) => threshold.state === state)
      return {
        format: test.format,
        place: placeOf(test.source),
        run: test.run === null ? null : (names.run(test.run) ?? null),
        reason: test.reason,
        duration: duration(test.durationSeconds),
        requests: test.requests,
        failedRequests: test.failedRequests,
        thresholdsUnknown: test.thresholdsUnknown,
        held: inState('held').length,
        breached: inState('breached').map(({ metric, expression }) => `${metric} ${expression}`),
        unknown: inState('unknown').map(
          ({ metric, expression, reason }) => `${metric} ${expression}: ${reason}`,
        ),
      }
    }),
  }
}
