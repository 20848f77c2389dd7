/** Parameters and numbers of targets against the limits of the policy. */
import type { Run } from '../../facts/experiment.js'
import { comparable, type Measure } from '../../facts/measure.js'
import type { Limit, SafetyPolicy } from '../../facts/safety-policy.js'
import { formatDuration } from '../../facts/units.js'
import { type Safeguard, safeguard } from './safeguard.js'

export function limitsKept(run: Run, policies: SafetyPolicy[]): Safeguard {
  const limits = policies.flatMap((policy) => policy.limits)
  const own = limits.filter(({ fault }) => fault === run.fault)
  // Which limits hold for a run of an unknown fault cannot be told.
  const holds = own.length > 0 || (run.fault === null && limits.length > 0)
  // Of a fault that was not active only what was asked for can be too much.
  const kept = safeguard(holds && (run.faultVerified !== false || (run.conduct?.parameters.length ?? 0) > 0))
  if (!kept.stated) return kept
  if (own.length === 0) kept.open.push('its fault')
  for (const limit of own) checkLimit(limit, run, kept)
  return kept
}

export function targetsKept(run: Run, policies: SafetyPolicy[]): Safeguard {
  const most = policies.flatMap(({ maxTargets }) => maxTargets ?? [])
  const kept = safeguard(most.length > 0)
  const hit = run.conduct?.targets ?? null
  if (kept.stated && hit === null) kept.open.push('how many targets it hit')
  for (const limit of most)
    if (hit !== null && hit > limit) kept.breaches.push(`${hit} targets (limit ${limit})`)
  return kept
}

/** A duration is also judged by what was measured: a fault may last longer than was asked for. */
function checkLimit({ parameter, most }: Limit, run: Run, kept: Safeguard): void {
  const stated = run.conduct?.parameters.find(({ name }) => plain(name) === plain(parameter))?.value
  const lasted = plain(parameter) === 'duration' && most.unit === 's' ? measuredDuration(run) : null
  if (lasted && lasted.least > most.value) {
    kept.breaches.push(`the fault lasted ${formatDuration(lasted.least)} (limit ${shown(most)})`)
  } else if (stated && comparable(stated, most)) {
    if (stated.value > most.value) kept.breaches.push(`${parameter} ${shown(stated)} (limit ${shown(most)})`)
  } else if (stated && !(lasted && lasted.most <= most.value)) {
    kept.open.push(`the unit of ${parameter} ${stated.text} (limit ${shown(most)})`)
  } else if (!(lasted && lasted.most <= most.value)) {
    kept.open.push(`${parameter} (limit ${shown(most)})`)
  }
}

/** Durations as everywhere in a report, other amounts as they are written. */
function shown({ unit, value, text }: Measure): string {
  return unit === 's' ? formatDuration(value) : text
}

function measuredDuration({
  faultStart,
  faultEnd,
  faultVerified,
}: Run): { least: number; most: number } | null {
  if (faultVerified === false) return { least: 0, most: 0 }
  if (!faultStart || !faultEnd) return null
  const between = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000
  return {
    least: between(faultStart.latest, faultEnd.earliest),
    most: between(faultStart.earliest, faultEnd.latest),
  }
}

/** `max_nodes`, `maxNodes` and `max-nodes` are one name. */
export function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Planned parameters above a limit: a definition that cannot be run without breaking the policy. */
export function plannedBreaches(
  fault: string | null,
  parameters: { name: string; value: Measure }[],
  policies: SafetyPolicy[],
): string[] {
  const limits = policies.flatMap((policy) => policy.limits).filter((limit) => limit.fault === fault)
  return limits.flatMap(({ parameter, most }) =>
    parameters
      .filter(({ name }) => plain(name) === plain(parameter))
      .filter(({ value }) => comparable(value, most) && value.value > most.value)
      .map(({ name, value }) => `${name} ${shown(value)} (limit ${shown(most)})`),
  )
}
