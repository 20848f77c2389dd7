/** Runs whose end is not recorded: for how long they are asked about, and on which checks this bears. */
import type { Run } from '../../facts/experiment.js'
import type { SafetyPolicy } from '../../facts/safety-policy.js'
import { safetyRules } from '../../knowledge/safety/safety-rules.js'
import { policiesFor } from './environment-policies.js'
import { spanOf } from './span.js'

/** So many runs were taken to have lasted no longer, with the reason. */
export interface AssumedEnds {
  runs: number
  hours: number
  because: string
}

/** Only policies that ask when a run went on make a difference; null where none does. */
export function assumedEnds(runs: Run[], policies: SafetyPolicy[]): AssumedEnds | null {
  const assumed = runs.filter(
    (run) =>
      policiesFor(run.environment, policies).some(
        ({ forbiddenWindows, maxConcurrent }) => forbiddenWindows.length > 0 || maxConcurrent !== null,
      ) && spanOf(run)?.to === null,
  )
  const { longestHours: hours, because } = safetyRules().unrecordedEnd
  return assumed.length === 0 ? null : { runs: assumed.length, hours, because }
}

export function upTo(): string {
  const { longestHours, because } = safetyRules().unrecordedEnd
  return `which may have been up to ${longestHours} h after the start (${because})`
}
