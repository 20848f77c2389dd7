/** An incident log as a fact. */
import type { Incident } from '../../../facts/incident.js'
import { formatInstant, parseInstant } from '../../../facts/instants.js'
import type { Source } from '../../../facts/source.js'
import type { IncidentLog } from './schema.js'

/** Deployments, notes and status pages may come before and after it. */
const BEGINNINGS = ['impact-start', 'detected', 'acknowledged', 'declared', 'diagnosed']

export function incidentOf({ incident, events }: IncidentLog, source: Source): Incident {
  const timesOf = (kinds: string[]): number[] =>
    events.filter(({ kind }) => kinds.includes(kind)).map(({ at }) => parseInstant(at)!)
  const begun = timesOf(BEGINNINGS)
  const ended = [timesOf(['resolved']), timesOf(['mitigated'])].find((times) => times.length > 0)
  return {
    fact: 'incident',
    source,
    id: String(incident.id),
    title: incident.title,
    severity: String(incident.severity),
    services: incident.services.map(String),
    startedAt: begun.length === 0 ? null : formatInstant(Math.min(...begun)),
    endedAt: ended === undefined ? null : formatInstant(Math.max(...ended)),
  }
}
