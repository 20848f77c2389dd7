/** Schedules whose own times lie in hours at which the policy forbids runs. */
import type { Experiment } from '../../facts/experiment.js'
import type { SafetyPolicy } from '../../facts/safety-policy.js'
import { rhythmOf, ticksBetween } from '../../facts/schedule-calendar.js'
import { meetsWindow } from '../../facts/weekly-window.js'
import { policiesFor } from './environment-policies.js'

/** A whole year: clocks change within it. */
const AHEAD = 366 * 86_400_000

/** Words such as `weekly` leave the hour open, so that only cron expressions are told. */
export function plannedInWindows(
  { plan, environment: own }: Experiment,
  policies: SafetyPolicy[],
  asOf: string,
): string[] {
  const now = Date.parse(asOf)
  return (plan?.schedules ?? []).flatMap(({ every, environment, zone }) => {
    const rhythm = rhythmOf(every)
    const windows = policiesFor(environment ?? own, policies).flatMap((policy) => policy.forbiddenWindows)
    if (rhythm?.kind !== 'times' || windows.length === 0) return []
    const ticks = ticksBetween(rhythm, zone, now, now + AHEAD)
    return windows.flatMap((window) => {
      const first = ticks.find((tick) => meetsWindow(tick, tick, window))
      return first === undefined
        ? []
        : [`${every} (${zone}) is ${new Date(first).toISOString().slice(0, 16)}Z next, within ${window.text}`]
    })
  })
}
