/** Would we notice, and how soon: the alerts that show a fault, and bounds on their detection time in seconds. */
import type { AlertRule } from '../../facts/alert.js'
import type { AlertFate, Shared } from './alert-fate.js'
import type { AlertTie, Component } from '../component.js'
import { detectionBounds, type Clocks } from './detection-bounds.js'
import {
  describe,
  mutesOf,
  namesOf,
  receiversOf,
  sentence,
  someAlerts,
  untakenOf,
} from './detection-words.js'
import { canFire, type Silences } from './silent-alerts.js'

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
  /** The worst case while no route is silent: what a run of an experiment is held against. */
  worstAwake: number | null
  /** Whether every way to a person needs what fails; null where that is not known. */
  sharesFate: boolean | null
  reason: string | null
  /** Alerts that speak of these components and of this fault, and cannot fire. */
  silent: AlertRule[]
}

/** What the chances to notice something are computed from. */
export interface Watch extends Clocks, Silences {
  fate: AlertFate
}

/** What shows itself: the fault, and what the chain makes of it. */
export interface Failure {
  fault: string
  /** Further symptoms of the one that calls what fails. */
  shows: string[]
  /** Symptoms of the fault that are not sure in this chain. */
  perhaps?: string[]
  /** Further symptoms of those beyond the caller. */
  onward?: string[]
  /** Those affected at whom waiting surely ends as an error. */
  timesOutAt?: ReadonlySet<string>
  /** Whether calls of one affected, on the way of the failure, have a protection; asked of alerts on what it does. */
  has?: (component: Component, protection: string) => boolean
}

/** Alerts on the failing component that show its failure, and alerts on those it takes along that show theirs. */
export function detectionOf(
  failing: Component,
  affected: Component[],
  failure: Failure,
  watch: Watch,
): Detection {
  const ties = tiesOf(failing, affected, failure, watch)
  if (!ties) return unseen(`no symptoms are known for the fault ${failure.fault}`, false)
  const [shown, perhaps] = [ties.shown, ties.perhaps].map((all) =>
    all.filter(({ alert }) => canFire(alert, watch)),
  ) as [AlertTie[], AlertTie[]]
  const silent = ties.shown.filter(
    ({ alert, certainty }) => certainty !== 'possible' && !canFire(alert, watch),
  )
  return {
    ...judge(shown, perhaps, failing, watch),
    silent: [...new Set(silent.map(({ alert }) => alert))],
  }
}

/** `perhaps`: alerts on symptoms that the fault may have, and may not. Null for a fault whose symptoms are not known. */
function tiesOf(
  failing: Component,
  affected: Component[],
  { fault, shows, perhaps = [], onward = [], timesOutAt, has = () => true }: Failure,
  { policy }: Watch,
): { shown: AlertTie[]; perhaps: AlertTie[] } | null {
  const symptoms = Object.hasOwn(policy.faults, fault) ? policy.faults[fault] : undefined
  if (!symptoms) return null
  const own = failing.alerts.filter((tie) => symptoms.failing.includes(tie.symptom) && !tie.needs)
  const isSure = (symptom: string, { id }: Component, index: number): boolean =>
    (index === 0 ? shows : onward).includes(symptom) ||
    (symptom === 'errors' && timesOutAt?.has(id) === true) ||
    (symptoms.affected.includes(symptom) && !perhaps.includes(symptom))
  const theirs = affected.flatMap((component, index) =>
    component.alerts
      .filter(({ needs }) => needs === null || has(component, needs))
      .map((tie) => ({ tie, isSure: isSure(tie.symptom, component, index) })),
  )
  return {
    shown: [...own, ...theirs.filter((one) => one.isSure).map(({ tie }) => tie)],
    perhaps: theirs
      .filter((one) => !one.isSure && [...symptoms.perhaps, ...perhaps].includes(one.tie.symptom))
      .map(({ tie }) => tie),
  }
}

function judge(shown: AlertTie[], perhaps: AlertTie[], failing: Component, watch: Watch): Detection {
  const { notification, fate } = watch
  const isTold = ({ alert }: AlertTie): boolean => notification.tells(alert) !== 'no'
  const goes = ({ alert }: AlertTie): boolean => fate.shares(notification.of(alert), failing) !== 'yes'
  const sure = shown.filter(({ certainty }) => certainty !== 'possible')
  const [ties, mays] = [sure.filter(isTold), perhaps.filter(isTold)]
  if (ties.some(goes) || (ties.length > 0 && !mays.some(goes))) return seenBy(ties, failing, watch)
  if (sure.length === shown.length && mays.some(goes))
    return unseen(whetherItComesTo(mays.filter(goes)), false)
  if (sure.length > 0)
    return unseen(
      `${someAlerts(sure)} would fire, but reach only receivers without a channel or muted at all times, or are dropped before they are sent: no one is notified`,
      true,
    )
  return shown.length === 0
    ? unseen(NONE_SHOWS + whatMay(watch.unanalysed), watch.unanalysed.length === 0)
    : unseen(`which components ${someAlerts(shown)} cover is not known: they name none`, false)
}

const NONE_SHOWS = 'no alert rule read that can fire covers these components and shows this fault'

function whatMay(unanalysed: AlertRule[]): string {
  if (unanalysed.length === 0) return ''
  return `, as far as their expressions could be analysed: ${namesOf(unanalysed)} may`
}

function whetherItComesTo(ties: AlertTie[]): string {
  const symptoms = [...new Set(ties.map(({ symptom }) => symptom))].sort().join(' and ')
  return `${someAlerts(ties)} may fire: whether this fault causes ${symptoms} is not known, and no other alert that can fire and be delivered shows it`
}

function unseen(reason: string, isCertain: boolean): Detection {
  return { alerts: [], receivers: [], isCertain, ...NEVER, sharesFate: null, reason, silent: [] }
}

function seenBy(all: AlertTie[], failing: Component, watch: Watch): Detection {
  const { notification, fate } = watch
  const sharedBy = ({ alert }: AlertTie): Shared => fate.shares(notification.of(alert), failing)
  const lost = all.filter((tie) => sharedBy(tie) === 'yes')
  const ties = lost.length === all.length ? all : all.filter((tie) => sharedBy(tie) !== 'yes')
  const told = ties.flatMap(({ alert }) => notification.of(alert))
  const shared = fate.shares(told, failing)
  const isCertain = ties.some(
    (tie) =>
      tie.certainty === 'named' &&
      sharedBy(tie) !== 'perhaps' &&
      (!notification.knows(tie.alert) || notification.tells(tie.alert) === 'yes'),
  )
  const times = shared === 'yes' ? NEVER : timesOf(ties, watch, isCertain)
  return {
    alerts: [...new Set(ties.map((tie) => tie.alert.name))].sort(),
    receivers: receiversOf(told, notification),
    isCertain,
    ...times,
    sharesFate: shared === 'yes' ? true : shared === 'no' ? false : null,
    reason: sentence([
      lost.length > 0 ? `${someAlerts(lost)} can notify only through ${failing.name} itself` : null,
      shared === 'perhaps'
        ? `whether the alert path survives the fault is not known: it may need ${failing.name}`
        : null,
      shared !== 'yes' && ties.some(({ alert }) => detectionBounds(alert, watch).worst === null)
        ? 'some of them use series recorded by rules that were not read'
        : null,
      mutesOf(ties, notification, isCertain),
      untakenOf(ties, notification),
      describe(ties, notification),
    ]),
    silent: [],
  }
}

type Times = Pick<Detection, 'best' | 'soonest' | 'bestBy' | 'worst' | 'worstBy' | 'worstAwake'>

const NEVER: Times = { best: null, soonest: null, bestBy: null, worst: null, worstBy: null, worstAwake: null }

/** Where somebody is surely told of one of them, silences of the others delay nothing. */
function timesOf(ties: AlertTie[], watch: Watch, isCertain: boolean): Times {
  const bounds = ties.map(({ alert }) => {
    const { worst, ...rest } = detectionBounds(alert, watch)
    const silence = isCertain ? 0 : watch.notification.silenceOf(alert)
    return {
      alert,
      ...rest,
      awake: worst,
      worst: worst === null || silence === null ? null : worst + silence,
    }
  })
  const first = bounds.reduce((a, b) => (b.best < a.best ? b : a))
  const awake = bounds.map((one) => one.awake)
  const ends = bounds.flatMap(({ alert, worst }) => (worst === null ? [] : [{ alert, worst }]))
  const last = ends.length < bounds.length ? null : ends.reduce((a, b) => (b.worst > a.worst ? b : a))
  return {
    best: first.best,
    soonest: Math.min(...bounds.map(({ soonest }) => soonest)),
    bestBy: first.alert,
    worst: last?.worst ?? null,
    worstBy: last?.alert ?? null,
    worstAwake: awake.includes(null) ? null : Math.max(...awake.map(Number)),
  }
}
