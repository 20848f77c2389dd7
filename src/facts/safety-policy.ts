/** What a team permits itself in an environment, as its SafetyPolicy states it. */
import type { AbortCondition } from './experiment.js'
import type { Measure } from './measure.js'
import type { WeeklyWindow } from './weekly-window.js'
import type { Source } from './source.js'

/** The most that a parameter of a fault may be. */
export interface Limit {
  /** Of the fault vocabulary. */
  fault: string
  parameter: string
  most: Measure
}

/** The policy of one environment; what it does not state is null or empty. */
export interface SafetyPolicy {
  fact: 'safety-policy'
  source: Source
  /** `*` for every environment that no policy names. */
  environment: string
  /** No experiments there at all. */
  forbidden: boolean
  limits: Limit[]
  maxTargets: number | null
  maxConcurrent: number | null
  forbiddenWindows: WeeklyWindow[]
  /** Names of what has to hold before a run, such as `approval`. */
  requires: string[]
  /** Who may approve; one of them has to. */
  approvers: string[]
  /** Share of the error budget that has to be left, 0 to 1. */
  minErrorBudget: number | null
  minDaysSinceIncident: number | null
  abortWhen: AbortCondition[]
}
