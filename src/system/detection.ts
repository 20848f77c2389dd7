/** Would we notice, and how soon: the alerts that show a fault, and bounds on their detection time in seconds. */
import type { AlertRule } from '../facts/alert.js'
import type { Configuration } from '../knowledge/configuration.js'
import type { DetectionPolicy } from '../knowledge/policies.js'
import type { AlertTie, Component } from './component.js'
import { cannotMatch } from './vector-matching.js'

export interface Detection {
  alerts: string[]
  /** False where no symptom of the fault is known, or whether the alerts watch these components. */
  isCertain: boolean
  /** Of the alert that may fire first, and of the one that may fire last: which of them fire is not known. */
  best: number | null
  bestBy: AlertRule | null
  worst: number | null
  worstBy: AlertRule | null
  /** Null: no routing was read, so it is not known what the notification depends on. */
  sharesFate: boolean | null
  reason: string | null
}

/**
 * Alerts on the failing component that show its failure, and alerts on those it takes along that show theirs. `shows`:
 * further symptoms of the caller, which are not the fault's but what the chain makes of it.
 */
export function detectionOf(
  failing: Component,
  affected: Component[],
  { fault, shows }: { fault: string; shows: string[] },
  policy: DetectionPolicy,
  configuration: Configuration,
): Detection {
  const symptoms = Object.hasOwn(policy.faults, fault) ? policy.faults[fault] : undefined
  if (!symptoms) return unseen(`no symptoms are known for the fault ${fault}`, false)
  const shown = [
    ...failing.alerts.filter((tie) => symptoms.failing.includes(tie.symptom)),
    ...affected.flatMap((component, index) =>
      component.alerts.filter(
        ({ symptom }) => symptoms.affected.includes(symptom) || (index === 0 && shows.includes(symptom)),
      ),
    ),
  ].filter((tie) => canFire(tie.alert, policy))
  const ties = shown.filter(({ certainty }) => certainty !== 'possible')
  if (ties.length > 0) return seenBy(ties, policy, configuration)
  return shown.length === 0
    ? unseen('no alert rule read speaks of these components and shows this fault', true)
    : unseen(`whom ${someAlerts(shown)} watch cannot be told: they name no component`, false)
}

function unseen(reason: string, isCertain: boolean): Detection {
  return {
    alerts: [],
    isCertain,
    best: null,
    bestBy: null,
    worst: null,
    worstBy: null,
    sharesFate: null,
    reason,
  }
}

function seenBy(ties: AlertTie[], policy: DetectionPolicy, configuration: Configuration): Detection {
  const bounds = ties.map(({ alert }) => ({ alert, ...detectionBounds(alert, policy, configuration) }))
  const first = bounds.reduce((a, b) => (b.best < a.best ? b : a))
  const last = bounds.reduce((a, b) => (b.worst > a.worst ? b : a))
  return {
    alerts: [...new Set(ties.map((tie) => tie.alert.name))].sort(),
    isCertain: ties.some(({ certainty }) => certainty === 'named'),
    best: first.best,
    bestBy: first.alert,
    worst: last.worst,
    worstBy: last.alert,
    sharesFate: null,
    reason: describe(ties),
  }
}

/**
 * Lower bound: `for` + group_wait, for the first alert of a group. Upper bound: scrape interval + window fill +
 * evaluation interval + `for` rounded up to evaluations + group_interval (the group exists already).
 * Window fill is taken as the whole window: the largest that a ramp to any level above the threshold can need.
 */
export function detectionBounds(
  alert: AlertRule,
  policy: DetectionPolicy,
  configuration: Configuration,
): { best: number; worst: number } {
  const scrape = configuration.prometheus.scrapeInterval ?? policy.defaults.scrapeSeconds
  const evaluation =
    alert.intervalSeconds ?? configuration.prometheus.evaluationInterval ?? policy.defaults.evaluationSeconds
  const window = Math.max(0, ...alert.query.windows)
  const waits = evaluation > 0 ? Math.ceil(alert.forSeconds / evaluation) * evaluation : alert.forSeconds
  return {
    best: alert.forSeconds + policy.defaults.groupWaitSeconds,
    worst:
      scrape +
      window +
      evaluation +
      waits +
      Math.max(policy.defaults.groupWaitSeconds, policy.defaults.groupIntervalSeconds),
  }
}

/** An alert that does not parse, compares nothing or joins series that never match watches nothing. */
export function canFire({ query }: AlertRule, policy: DetectionPolicy): boolean {
  return (
    query.syntaxError === null &&
    query.hasCondition &&
    !query.vectorOperations.some((operation) => cannotMatch(operation, policy))
  )
}

function someAlerts(ties: AlertTie[]): string {
  const names = [...new Set(ties.map(({ alert }) => alert.name))].sort()
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more alerts`
}

function describe(ties: AlertTie[]): string {
  const general = ties.every(({ certainty }) => certainty === 'kind')
  return general
    ? 'only alerts that speak of every component of a kind: whether these series exist for it was not seen; no alert routing was read'
    : 'no alert routing was read: the wait for grouping is the default of Alertmanager, and whether anybody is notified is not known'
}
