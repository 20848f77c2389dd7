/** The words around who would notice: which alerts, who is told, and what limits the answer. */
import type { AlertRule } from '../../facts/alert.js'
import type { AlertRouting, Channel } from '../../facts/routing.js'
import { formatDuration } from '../../facts/units.js'
import type { AlertTie } from '../component.js'
import { isFor, isMuted, type Notification, type Notified } from './notification.js'

export function someAlerts(ties: AlertTie[]): string {
  return namesOf(ties.map(({ alert }) => alert))
}

export function namesOf(alerts: AlertRule[]): string {
  const names = [...new Set(alerts.map(({ name }) => name))].sort()
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more alerts`
}

/** Alerts of which all routes are silent at times, and what that makes of the worst case. */
export function mutesOf(ties: AlertTie[], notification: Notification, isCertain: boolean): string | null {
  const muted = ties.filter((tie) => isMutedEverywhere(tie, notification))
  if (muted.length === 0) return null
  const silences = muted.map(({ alert }) => notification.silenceOf(alert))
  const length = silences.includes(null)
    ? '; for how long is not known'
    : `, for up to ${formatDuration(Math.max(...silences.map(Number)))}, which the worst case includes`
  const are = new Set(muted.map(({ alert }) => alert.name)).size === 1 ? 'is' : 'are'
  return `${someAlerts(muted)} ${are} muted in some time intervals${isCertain ? '' : length}`
}

/** Alerts that are sent only to where nothing takes them, or nothing was seen to. */
export function untakenOf(ties: AlertTie[], notification: Notification): string | null {
  const untaken = ties.filter((tie) => isUntaken(tie, notification))
  if (untaken.length === 0) return null
  const receivers = untaken
    .flatMap(({ alert }) => notification.of(alert))
    .flatMap((one) => one.receiver ?? [])
  const names = [...new Set(receivers.map(({ name }) => name))].sort()
  const sent = `${someAlerts(untaken)} would be sent to ${names.join(', ')}`
  const isLost = untaken
    .flatMap(({ alert }) => channelsOf(alert, notification))
    .every((channel) => notification.isTaken(channel) === 'no')
  return isLost
    ? `${sent}, at a port that the Service there does not have`
    : `${sent}, and whether that address accepts them is not known`
}

function isUntaken({ alert }: AlertTie, notification: Notification): boolean {
  const channels = channelsOf(alert, notification)
  return channels.length > 0 && channels.every((channel) => notification.isTaken(channel) !== 'yes')
}

function channelsOf(alert: AlertRule, notification: Notification): Channel[] {
  return notification.of(alert).flatMap(({ receiver }) => receiver?.channels ?? [])
}

function isMutedEverywhere({ alert }: AlertTie, notification: Notification): boolean {
  const all = notification.of(alert)
  return all.length > 0 && all.every(isMuted) && notification.silenceOf(alert) !== 0
}

export function sentence(parts: (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join('; ') || null
}

/** Each once, with what it sends to. */
export function receiversOf(told: Notified[], notification: Notification): string[] {
  const names = told.flatMap(({ receiver, isCertain }) => {
    const taken = (receiver?.channels ?? []).filter((channel) => notification.isTaken(channel) === 'yes')
    if (!isCertain || !receiver || taken.length === 0) return []
    const titles = [...new Set(taken.map(({ kind }) => notification.titleOf(kind)))].sort()
    return [`${receiver.name} (${titles.join(', ')})`]
  })
  return [...new Set(names)].sort()
}

/** Of all of them: that no routing or no names were read, or that labels decide. */
export function describe(ties: AlertTie[], notification: Notification): string | null {
  const general = ties.every(({ certainty }) => certainty === 'kind')
  const ofKind =
    'only alerts that cover every component of a kind: whether these series exist for it was not seen'
  if (ties.some(({ alert }) => notification.knows(alert))) {
    const open = ties.filter(
      (tie) =>
        notification.tells(tie.alert) === 'unknown' &&
        !isMutedEverywhere(tie, notification) &&
        !isUntaken(tie, notification),
    )
    const told =
      open.length === ties.length && open.length > 0
        ? `whether anyone is notified of ${someAlerts(open)} depends on labels of the series, or on what was not read`
        : null
    const theirs = (routing: AlertRouting): boolean => ties.some(({ alert }) => isFor(alert, routing))
    const whole = notification.routings.filter((one) => !one.isPart && theirs(one)).length
    const which =
      whole > 1
        ? `${whole} configurations of the routing were read, and which of them is used is not known`
        : null
    return sentence([general ? ofKind : null, told, which])
  }
  // Another one than theirs may have been.
  const none =
    notification.routings.length === 0
      ? 'no alert routing was read'
      : `no routing of ${someAlerts(ties)} was read`
  return general
    ? `${ofKind}; ${none}`
    : `${none}: group_wait is assumed at the default of Alertmanager, and whether anyone is notified is not known`
}
