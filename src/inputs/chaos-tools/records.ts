/** Runs and definitions as tools record them that look at what they inject and not at the service: the rest is not known. */
import type { Experiment, ExperimentParts, Run } from '../../facts/experiment.js'
import { unknownRecovery } from '../../recovery/sampled-recovery.js'

type Named = 'source' | 'id'

/** Nothing of the service was observed, so there is neither a baseline nor a recovery. */
export function recordedRun(known: Pick<Run, Named | 'format'> & Partial<Run>): Run {
  return {
    fact: 'run',
    experiment: null,
    startedAt: null,
    endedAt: null,
    environment: null,
    target: null,
    fault: null,
    verdict: 'unknown',
    grade: 'weak',
    reasons: [],
    faultStart: null,
    faultEnd: null,
    baselineMet: null,
    faultVerified: null,
    load: null,
    rolledBack: null,
    recovery: unknownRecovery('the tool records what it injected, not how the service fared'),
    mechanism: null,
    metrics: [],
    alerts: [],
    covers: [],
    notes: null,
    ...known,
  }
}

export function recordedDefinition(
  known: Pick<Experiment, Named | 'title'> & Required<Pick<Experiment, 'recordedBy'>> & Partial<Experiment>,
): Experiment {
  return {
    fact: 'experiment',
    hypothesis: null,
    target: null,
    fault: null,
    environment: null,
    owner: null,
    cadenceDays: null,
    cadence: null,
    requirements: [],
    parts: NO_PARTS,
    steadyState: [],
    passCriteria: [],
    covers: [],
    commands: [],
    ...known,
  }
}

const NO_PARTS: ExperimentParts = {
  hypothesis: false,
  baseline: false,
  blastRadius: false,
  injection: false,
  observation: false,
  abort: false,
  rollback: false,
}

/** An id that people can write, of a title. */
export function idOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
