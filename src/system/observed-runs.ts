/** Runs and samples of the service from another tool: whose samples are those of which run, and what they decide. */
import type { Grade, Recovery, Run, RunVerdict, ServiceSamples } from '../facts/experiment.js'
import { formatSource } from '../facts/source.js'
import type { RecoveryPolicy } from '../knowledge/recovery-policy.js'
import { unknownRecovery } from '../recovery/sampled-recovery.js'
import { BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED } from '../recovery/unmeasured.js'
import { agreed, type Observation, observe } from './observations.js'
import { FaultReach, type Places } from './fault-reach.js'
import { FaultTimes } from './fault-times.js'
import { rivalsOf } from './rival-faults.js'
import { SampleTimes } from './sample-times.js'
import { seriesOf, type Timed } from './samples-of-run.js'

const OUT_OF_TOLERANCE = 'the baseline was out of tolerance'

/** Only runs whose record has the time of the fault, and no recovery of its own, ask samples from elsewhere. */
export function observedRuns(
  runs: Run[],
  samples: ServiceSamples[],
  places: Places,
  policy: RecoveryPolicy,
): Run[] {
  if (samples.length === 0) return runs
  const series = samples.map((one) => new SampleTimes(one))
  const reach = new FaultReach(places)
  const timed = new FaultTimes(
    runs.filter((run): run is Timed => run.faultStart !== null && run.grade !== 'invalid'),
  )
  return runs.map((run) => {
    const asks = run.faultStart !== null && run.grade !== 'invalid' && run.recovery.kind === 'unknown'
    return asks ? withSamples(run as Timed, series, timed, reach, policy) : run
  })
}

function withSamples(
  run: Timed,
  samples: SampleTimes[],
  others: FaultTimes,
  reach: FaultReach,
  policy: RecoveryPolicy,
): Run {
  const { series, elsewhen } = seriesOf(run, samples, reach)
  if (series.length === 0) return elsewhen === null ? run : undecided(run, elsewhen)
  const observations = series.map((one) => observe(run, one, rivalsOf(run, one, others, reach), policy))
  const doubt = observations.find(({ doubt }) => doubt !== null)?.doubt ?? null
  if (doubt !== null) return undecided(run, doubt)
  const observation = agreed(observations)
  return 'recovery' in observation ? decided(run, observation) : undecided(run, observation.doubt)
}

/** The samples are not used, and the report says why. */
function undecided(run: Run, reason: string): Run {
  return { ...run, recovery: unknownRecovery(reason), observedBy: null }
}

function decided(run: Run, { recovery, verdict, baselineMet, joined, weaknesses }: Observation): Run {
  const answered = [
    ...(recovery.kind === 'unknown' ? [] : [OUTCOME_NOT_MEASURED]),
    ...(baselineMet === null ? [] : [BASELINE_NOT_MEASURED]),
  ]
  const open = [...run.reasons.filter((reason) => !answered.includes(reason)), ...weaknesses]
  const baseline = run.baselineMet ?? baselineMet
  const refuted = baseline === false && run.baselineMet === null
  const reasons = refuted ? [OUT_OF_TOLERANCE, ...open] : open
  return {
    ...run,
    recovery: refuted ? unknownRecovery(`${OUT_OF_TOLERANCE} before the fault`) : recovery,
    verdict: refuted ? 'unknown' : verdictOf(run, verdict, recovery),
    baselineMet: baseline,
    reasons,
    grade: gradeOf(run.grade, refuted, reasons),
    observedBy: `${joined.series.facts.format} (${formatSource(joined.series.facts.source)}): ${joined.reason}`,
  }
}

/** A verdict of the run's own record stands. */
function verdictOf(run: Run, verdict: RunVerdict | null, { kind }: Recovery): RunVerdict {
  return run.verdict === 'unknown' && kind !== 'unknown' ? (verdict ?? 'unknown') : run.verdict
}

function gradeOf(grade: Grade, refuted: boolean, reasons: string[]): Grade {
  if (refuted || grade === 'invalid') return 'invalid'
  return reasons.length > 0 ? 'weak' : 'valid'
}
