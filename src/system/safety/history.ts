/** What happened before a run: passes in staging, incidents. */
import type { Run } from '../../facts/experiment.js'
import type { Incident } from '../../facts/incident.js'
import type { SafetyPolicy } from '../../facts/safety-policy.js'
import { requirementNamed } from '../../knowledge/safety/safety-rules.js'
import { environmentKey } from '../environments.js'
import { type Safeguard, safeguard } from './safeguard.js'
import type { Span } from './span.js'

const MS_PER_DAY = 86_400_000

/** The same experiment has passed in staging before; a pass that proves nothing does not count. */
export function stagingFirst(run: Run, policies: SafetyPolicy[], runs: Run[], staging: string): Safeguard {
  const asked = policies.some(({ requires }) =>
    requires.some((word) => requirementNamed(word) === 'staging-pass'),
  )
  const isStaging = (other: Run): boolean =>
    other.environment !== null && environmentKey(other.environment) === environmentKey(staging)
  const kept = safeguard(asked && !isStaging(run))
  if (!kept.stated) return kept
  const { startedAt } = run
  if (startedAt === null || run.experiment === null) {
    kept.open.push(`whether the same experiment had passed in ${staging}`)
    return kept
  }
  const own = runs.filter(
    (other) =>
      other.experiment === run.experiment &&
      isStaging(other) &&
      other.startedAt !== null &&
      other.startedAt < startedAt,
  )
  const passed = own.filter(({ verdict, grade }) => verdict === 'pass' && grade !== 'invalid')
  if (passed.length > 0) return kept
  // Not recorded is not missing: staging may be recorded elsewhere, and a tool that only injects gives no verdict.
  if (own.length === 0)
    kept.open.push(`whether it had passed in ${staging}: no earlier run of it there is recorded`)
  else if (own.some(({ verdict, grade }) => verdict === 'unknown' && grade !== 'invalid'))
    kept.open.push(`whether it had passed in ${staging}: not every earlier run of it there has a verdict`)
  else kept.breaches.push(`none of the ${own.length} earlier runs of it in ${staging} had passed`)
  return kept
}

/** Far enough from every incident of the incident logs that were read. */
export function incidentsKept(span: Span | null, policies: SafetyPolicy[], incidents: Incident[]): Safeguard {
  const days = Math.max(...policies.map(({ minDaysSinceIncident }) => minDaysSinceIncident ?? 0))
  const kept = safeguard(days > 0)
  if (!kept.stated) return kept
  if (incidents.length === 0) kept.open.push('when the last incident was: no incident log was read')
  else if (!span) kept.open.push('when it ran')
  else for (const incident of incidents) checkIncident(incident, span.from, days, kept)
  return kept
}

function checkIncident(
  { id, title, startedAt, endedAt }: Incident,
  from: number,
  days: number,
  kept: Safeguard,
): void {
  const name = `${id} (${title})`
  const [began, ended] = [startedAt, endedAt].map((time) => (time === null ? null : Date.parse(time)))
  if (began === null && ended === null) kept.open.push(`when ${name} was`)
  else if ((began ?? ended!) > from) return
  else if (ended === null) kept.open.push(`whether ${name} was over`)
  else if (ended! > from) kept.breaches.push(`${name} was not over`)
  else if (from - ended! < days * MS_PER_DAY) {
    const past = Number(((from - ended!) / MS_PER_DAY).toFixed(1))
    kept.breaches.push(`${past} days after ${name}, at least ${days} required`)
  }
}
