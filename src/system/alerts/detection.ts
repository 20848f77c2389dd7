/** Would we notice, and how soon: the alerts that show a fault, and bounds on their detection time in seconds. */
import type { AlertRule, Query } from '../../facts/alert.js'
import type { Configuration } from '../../knowledge/configuration.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import type { AlertFate } from './alert-fate.js'
import type { AlertTie, Component } from '../component.js'
import { isMuted, type Notification, type Notified } from './notification.js'
import { cannotMatch } from './vector-matching.js'

export interface Detection {
  alerts: string[]
  /** Who is told, as `night-shift (PagerDuty, Slack)`; empty also where no routing was read. */
  receivers: string[]
  /** False where no symptom of the fault is known, or whether the alerts watch these components. */
  isCertain: boolean
  /** Of the alert that may fire first, and of the one that may fire last: which of them fire is not known. */
  best: number | null
  /** Before that nobody is told, even where the alert joins a group that is sent already. */
  soonest: number | null
  bestBy: AlertRule | null
  worst: number | null
  worstBy: AlertRule | null
  /** Whether every way to a person needs what fails; null where that is not known. */
  sharesFate: boolean | null
  reason: string | null
}

/** What the chances to notice something are computed from. */
export interface Watch {
  policy: DetectionPolicy
  configuration: Configuration
  notification: Notification
  fate: AlertFate
  /** Expressions of the recording rules, by the series that they write. */
  recorded: Map<string, Query>
}

/**
 * Alerts on the failing component that show its failure, and alerts on those it takes along that show theirs. `shows`:
 * further symptoms of the caller, which are not the fault's but what the chain makes of it.
 */
export function detectionOf(
  failing: Component,
  affected: Component[],
  { fault, shows }: { fault: string; shows: string[] },
  watch: Watch,
): Detection {
  const { policy, notification } = watch
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
  const sure = shown.filter(({ certainty }) => certainty !== 'possible')
  const ties = sure.filter(({ alert }) => notification.tells(alert) !== 'no')
  if (ties.length > 0) return seenBy(ties, failing, watch)
  if (sure.length > 0)
    return unseen(
      `${someAlerts(sure)} would fire, and come to receivers without a channel, or that are silent at all times, or are dropped before they are sent: nobody is told`,
      true,
    )
  return shown.length === 0
    ? unseen('no alert rule read speaks of these components and shows this fault', true)
    : unseen(`whom ${someAlerts(shown)} watch cannot be told: they name no component`, false)
}

function unseen(reason: string, isCertain: boolean): Detection {
  return {
    alerts: [],
    receivers: [],
    isCertain,
    best: null,
    soonest: null,
    bestBy: null,
    worst: null,
    worstBy: null,
    sharesFate: null,
    reason,
  }
}

function seenBy(all: AlertTie[], failing: Component, watch: Watch): Detection {
  const { notification, fate } = watch
  const goes = (tie: AlertTie): boolean => fate.shares(notification.of(tie.alert), failing) !== true
  const lost = all.filter((tie) => !goes(tie))
  const ties = lost.length === all.length ? all : all.filter(goes)
  const bounds = ties.map(({ alert }) => ({ alert, ...detectionBounds(alert, watch) }))
  const told = ties.flatMap(({ alert }) => notification.of(alert))
  const first = bounds.reduce((a, b) => (b.best < a.best ? b : a))
  const ends = bounds.flatMap(({ alert, worst }) => (worst === null ? [] : [{ alert, worst }]))
  const last = ends.length < bounds.length ? null : ends.reduce((a, b) => (b.worst > a.worst ? b : a))
  return {
    alerts: [...new Set(ties.map((tie) => tie.alert.name))].sort(),
    receivers: receiversOf(told, notification),
    isCertain: ties.some(
      ({ certainty, alert }) =>
        certainty === 'named' && (!notification.isKnown || notification.tells(alert) === 'yes'),
    ),
    best: first.best,
    soonest: Math.min(...ties.map(({ alert }) => soonestOf(alert))),
    bestBy: first.alert,
    worst: last?.worst ?? null,
    worstBy: last?.alert ?? null,
    sharesFate: fate.shares(told, failing),
    reason: sentence([
      lost.length > 0 ? `of ${someAlerts(lost)} only what needs ${failing.name} itself is told` : null,
      last === null ? 'what some of them look at is recorded by rules that were not read' : null,
      mutesOf(ties, notification),
      describe(ties, notification),
    ]),
  }
}

/** Before that it does not fire, in seconds: it waits for that long, and looks that far back. */
export function soonestOf({ forSeconds, query, queryOffsetSeconds }: AlertRule): number {
  return forSeconds + query.offsetSeconds + queryOffsetSeconds
}

/**
 * Lower bound: `for` + group_wait, for the first alert of a group. Upper bound: scrape interval + window fill + staleness, where
 * it asks for an absence + evaluation interval + `for` rounded up to evaluations + group_interval (the group exists already). The waits of the group are
 * those of the routes that the alert may take.
 * To both, how far back the alert looks by `offset` and by the query_offset of its group.
 * Window fill is taken as the whole window: the largest that a ramp to any level above the threshold can need.
 */
export function detectionBounds(
  alert: AlertRule,
  { policy, configuration, notification, recorded }: Omit<Watch, 'fate'>,
): { best: number; worst: number | null } {
  const scrape = configuration.prometheus.scrapeInterval ?? policy.defaults.scrapeSeconds
  const evaluation =
    alert.intervalSeconds ?? configuration.prometheus.evaluationInterval ?? policy.defaults.evaluationSeconds
  const window = windowOf(alert.query, recorded, evaluation)
  const waits = evaluation > 0 ? Math.ceil(alert.forSeconds / evaluation) * evaluation : alert.forSeconds
  const group = notification.waitsOf(alert)
  const back = soonestOf(alert) - alert.forSeconds
  const gone = alert.query.functions.includes('absent') ? policy.defaults.stalenessSeconds : 0
  return {
    best: soonestOf(alert) + group.first,
    worst: window === null ? null : scrape + window + gone + evaluation + back + waits + group.later,
  }
}

/** A name such as `job:errors:rate5m` is that of a recording rule. */
const RECORDED = /:/
/** Recording rules may record each other, and in a circle. */
export const MAX_RECORDED = 5

/**
 * Seconds until what an expression looks at is full: through recording rules too, each with an evaluation of its own. Null where a
 * recording rule was not read.
 */
function windowOf(query: Query, recorded: Watch['recorded'], evaluation: number, depth = 0): number | null {
  let longest = 0
  for (const { metric } of query.selectors) {
    const below = recorded.get(metric)
    if (!below && RECORDED.test(metric)) return null
    if (!below) continue
    const window = depth < MAX_RECORDED ? windowOf(below, recorded, evaluation, depth + 1) : null
    if (window === null) return null
    longest = Math.max(longest, window + below.offsetSeconds + evaluation)
  }
  return Math.max(0, ...query.windows) + longest
}

/** An alert that does not parse, compares nothing, can never be met or missed, or joins series that never match watches nothing. */
export function canFire({ query }: AlertRule, policy: DetectionPolicy): boolean {
  return (
    query.syntaxError === null &&
    query.hasCondition &&
    query.fires === 'depends' &&
    query.emptyReason === null &&
    !query.brokenJoins.some(({ isCertain }) => isCertain) &&
    !query.vectorOperations.some((operation) => cannotMatch(operation, policy))
  )
}

function someAlerts(ties: AlertTie[]): string {
  const names = [...new Set(ties.map(({ alert }) => alert.name))].sort()
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more alerts`
}

/** Alerts of which all routes are silent at times: then the wait has no end. */
function mutesOf(ties: AlertTie[], notification: Notification): string | null {
  const muted = ties.filter((tie) => isMutedEverywhere(tie, notification))
  return muted.length > 0 ? `of ${someAlerts(muted)} nobody is told in some time intervals` : null
}

function isMutedEverywhere({ alert }: AlertTie, notification: Notification): boolean {
  const all = notification.of(alert)
  return all.length > 0 && all.every(isMuted)
}

function sentence(parts: (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join('; ') || null
}

/** Each once, with what it sends to. */
function receiversOf(told: Notified[], notification: Notification): string[] {
  const names = told.flatMap(({ receiver, isCertain }) => {
    if (!isCertain || !receiver || receiver.channels.length === 0) return []
    const titles = [...new Set(receiver.channels.map(({ kind }) => notification.titleOf(kind)))].sort()
    return [`${receiver.name} (${titles.join(', ')})`]
  })
  return [...new Set(names)].sort()
}

function describe(ties: AlertTie[], notification: Notification): string | null {
  const general = ties.every(({ certainty }) => certainty === 'kind')
  const ofKind =
    'only alerts that speak of every component of a kind: whether these series exist for it was not seen'
  if (notification.isKnown) {
    const open = ties.filter(
      (tie) => notification.tells(tie.alert) === 'unknown' && !isMutedEverywhere(tie, notification),
    )
    const told =
      open.length === ties.length && open.length > 0
        ? `whether anybody is told of ${someAlerts(open)} depends on labels of the series, or on what was not read`
        : null
    const whole = notification.routings.filter(({ isPart }) => !isPart).length
    const which =
      whole > 1
        ? `${whole} configurations of the routing were read, and which of them is used is not known`
        : null
    return sentence([general ? ofKind : null, told, which])
  }
  return general
    ? `${ofKind}; no alert routing was read`
    : 'no alert routing was read: the wait for grouping is the default of Alertmanager, and whether anybody is notified is not known'
}
