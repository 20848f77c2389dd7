/** Alerts that tell nothing, whatever happens. */
import type { AlertRule } from '../../facts/alert.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import { cannotMatch } from './vector-matching.js'

/** What decides whether an alert can fire at all. */
export interface Silences {
  policy: DetectionPolicy
  /** Alerts of which a rule of the catalogue says so. */
  silent: ReadonlySet<AlertRule>
  unanalysed: AlertRule[]
}

/** Alerts of which it is not known what they look at: any of them may speak of anything. */
export function unanalysedIn(alerts: AlertRule[]): AlertRule[] {
  return alerts.filter(({ query }) => query.syntaxError?.kind === 'not-analysed')
}

/** An alert that does not parse, compares nothing, can never be met or missed, or joins series that never match watches nothing. */
export function canFire(alert: AlertRule, { policy, silent }: Silences): boolean {
  const { query } = alert
  return (
    !silent.has(alert) &&
    query.syntaxError === null &&
    query.hasCondition &&
    query.fires === 'depends' &&
    query.emptyReason === null &&
    !query.brokenJoins.some(({ isCertain }) => isCertain) &&
    !query.vectorOperations.some((operation) => cannotMatch(operation, policy))
  )
}
