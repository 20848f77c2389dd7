/** What can be seen in chaos-experiment definitions, journals and logs. Durations are seconds, times RFC 3339 UTC. */
import type { LoadResult } from './load-result.js'
import type { Measure } from './measure.js'
import type { Source } from './source.js'

/** The seven parts of an experiment definition. */
export interface ExperimentParts {
  hypothesis: boolean
  baseline: boolean
  blastRadius: boolean
  injection: boolean
  observation: boolean
  abort: boolean
  rollback: boolean
}

export interface Condition {
  metric: string
  operator: string
  value: number | string
  unit: string | null
}

/** One of the rhythms in which an experiment is to be repeated. */
export interface Schedule {
  /** A word such as `monthly`, or a cron expression. */
  every: string
  /** Only runs there keep it; null for runs anywhere. */
  environment: string | null
  owner: string | null
  zone: string
}

/** What a catalogue says of an experiment beside what it does. */
export interface Plan {
  /** Least and most hours of work. */
  effortHours: [number, number] | null
  status: 'planned' | 'implemented' | null
  risk: string | null
  /** `YYYY-MM-DD`: the day from which the definition holds; runs before it are not of it. */
  since: string | null
  parameters: { name: string; value: Measure }[]
  /** Parameters of the fault that are no measures, such as `endpoint`. */
  texts?: { name: string; value: string }[]
  schedules: Schedule[]
  abort: AbortCondition[]
}

/** A condition at which a run is to be stopped; `windowSeconds`: how long it has to hold, 0 for at once. */
export interface AbortCondition extends Condition {
  windowSeconds: number
}

/** `delete pod cart-1` of a shell, `terminate_pods(qty=1)` of an extension. */
export interface Command {
  text: string
  source: Source
  /** Of the steps: those of a rollback clean up. */
  part?: 'probe' | 'method' | 'rollback'
  /** After so many seconds the tool ends the process. */
  timeoutSeconds?: number | null
}

/** A definition: what is planned. It proves nothing about what ran. */
export interface Experiment {
  fact: 'experiment'
  source: Source
  id: string
  title: string
  hypothesis: string | null
  /** Name as written; the system stage finds the component. */
  target: string | null
  /** Of the fault vocabulary in `rules/policies/faults.yaml`; null when it could not be told. */
  fault: string | null
  environment: string | null
  owner: string | null
  /** Days between runs; null when no cadence is stated. */
  cadenceDays: number | null
  cadence: string | null
  requirements: string[]
  parts: ExperimentParts
  steadyState: Condition[]
  passCriteria: Condition[]
  /** Chain ids it declares to cover. */
  covers: string[]
  /** Shell commands and calls of the definition, for checks on dangerous steps. */
  commands: Command[]
  between?: Between
  proxy?: Proxy
  /** Why `target` is another name than the one written, or why it is not known whom the written name means. */
  targetReason?: string
  targetDoubt?: string
  plan?: Plan
  /** The format that reads records of its runs; absent for a catalogue, whose runs people log. */
  recordedBy?: string
  /** Parts for which documents of its kind have no place: that they are missing says nothing, they may be written elsewhere. */
  noPlaceFor?: (keyof ExperimentParts)[]
  /** It is over as soon as it is done, so that nothing is there to be stopped. */
  isMomentary?: true
}

/** The fault is on the way between two services: it is felt at the one that the other calls, which `target` cannot tell. */
export type Between = [string, string]

/** The fault is in a proxy that was put before what it hits; `upstream` is where it leads to. */
export interface Proxy {
  name: string
  upstream: string
}

export type RunVerdict = 'pass' | 'fail' | 'partial' | 'aborted' | 'unknown'
export type Grade = 'valid' | 'weak' | 'invalid'

/**
 * How long it took to recover, never the run's duration.
 * `recovered`: `seconds`. `between`: (`low`, `high`]. `not-recovered-within`: at least `low` seconds. Others: no number.
 */
export interface Recovery {
  kind: 'absorbed' | 'recovered' | 'between' | 'not-recovered-within' | 'unknown'
  seconds: number | null
  low: number | null
  high: number | null
  from: 'fault-start' | 'fault-end' | null
  reason: string | null
}

/** An instant, as far as it is known. */
export interface Bounds {
  earliest: string
  latest: string
}

/** How a run was carried out; null where the record does not say, an empty list where it says that there was none. */
export interface Conduct {
  parameters: { name: string; value: Measure }[]
  /** How many instances, nodes or the like were hit. */
  targets: number | null
  approvedBy: string[] | null
  observers: string[] | null
  /** What was checked before the start, such as `backup`, and whether it held. */
  preconditions: Record<string, boolean>
  /** Share of the error budget left at the start, 0 to 1. */
  errorBudget: number | null
  /** Readings of metrics, in the units that `metrics` of the run has for them. */
  readings: { at: string; values: Record<string, number> }[]
  gameDay: GameDay | null
}

export interface GameDay {
  name: string
  objective: string | null
  findings: string[]
}

/** One run of an experiment, graded by what its record proves. */
export interface Run {
  fact: 'run'
  source: Source
  id: string
  /** The id is the tool's own, which it gives once: records with the same one are exports of one run. */
  isExport?: true
  /** Id or title of the experiment as the record names it. */
  experiment: string | null
  /** With what the record is marked: tags, or labels as `KEY=VALUE`. */
  tags?: string[]
  /** Why `experiment` is another than the record names, or why it is not. */
  experimentReason?: string
  format: string
  startedAt: string | null
  endedAt: string | null
  environment: string | null
  target: string | null
  fault: string | null
  verdict: RunVerdict
  grade: Grade
  /** Why the grade is not better; for a valid run, empty. */
  reasons: string[]
  /** When the fault began and ended; null where the record has no time of it. */
  faultStart: Bounds | null
  faultEnd: Bounds | null
  baselineMet: boolean | null
  faultVerified: boolean | null
  load: boolean | null
  rolledBack: boolean | null
  /** Whether a condition existed at which the tool would have stopped the run; absent where the record does not tell. */
  stoppable?: boolean
  recovery: Recovery
  /** What ended the fault: self-healing, operator, incident-response, none. */
  mechanism: string | null
  /** Metric values before, during and after, as recorded. */
  metrics: {
    name: string
    baseline: number | null
    during: number | null
    after: number | null
    unit: string | null
  }[]
  /** Alerts that fired during the run, with seconds after the fault's start when known. */
  alerts: { name: string; firedAt: string | null; afterSeconds: number | null }[]
  covers: string[]
  notes: string | null
  between?: Between
  /** Names of what it ran in, such as a workflow: samples taken for that were taken for this run too. */
  partOf?: string[]
  /** Whose samples decided its recovery, and why they are those of this run; null or absent when the record itself did. */
  observedBy?: string | null
  /** Left out by formats that record nothing of it. */
  conduct?: Conduct
}

/**
 * Observations of a service by a tool that knows nothing of the fault. The system stage joins them with a run that they name,
 * or that was about the same thing at the same time.
 */
export interface ServiceSamples {
  fact: 'service-samples'
  source: Source
  format: string
  /** Names as written: of what is observed, and of the run, workflow or experiment that they were taken for. */
  target: string | null
  takenFor: string[]
  /** In order of time. */
  samples: { at: string; ok: boolean }[]
  /** Bad samples in a row by which the tool itself takes its check for failed; absent when it has no such criterion. */
  failureThreshold?: number
  /** Why samples may be missing at the beginning; absent when none are known to be. */
  incomplete?: string
}

export type ExperimentFact = Experiment | Run | ServiceSamples | LoadResult
