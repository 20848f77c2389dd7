/** An incident, as far as experiments have to keep away from it. Times are RFC 3339 UTC. */
import type { Source } from './source.js'

export interface Incident {
  fact: 'incident'
  source: Source
  id: string
  title: string
  severity: string
  services: string[]
  /** When its impact began, or it was first noticed; null where no such event is recorded. */
  startedAt: string | null
  /** When it was resolved, or else mitigated; null where neither is recorded. */
  endedAt: string | null
}
