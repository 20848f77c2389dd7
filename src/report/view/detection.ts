/** Whether and when a chain would be noticed; what limits the answer of several chains is said once. */
import type { Chain } from '../result.js'
import { duration } from './figures.js'
import type { FindingIndex } from './findings.js'
import { cut, groupBy } from './lists.js'
import { idRanges } from './names.js'

/** More names say no more about whether somebody would notice. */
const ALERTS_NAMED = 6

export function viewDetection({ detection, noticed }: Chain) {
  const { alerts, receivers, best, bestBy, worst, worstBy, sharesFate, reason } = detection
  return {
    alerts: cut(alerts, ALERTS_NAMED),
    receivers: cut(receivers, ALERTS_NAMED),
    unknown: noticed === 'unknown',
    best: duration(best),
    bestBy: alertAt(bestBy),
    worst: duration(worst),
    worstBy: alertAt(worstBy),
    sharesFate: sharesFate === true,
    caveats: reason === null ? [] : [reason],
  }
}

/** Alerts that would speak of the chain and tell nothing, with the findings that say why. */
export function viewSilent({ detection: { silent } }: Chain, findings: FindingIndex) {
  return silent.map(({ alert, finding }) => ({
    alert,
    finding: finding === null ? null : findings.byFingerprint(finding),
  }))
}

function alertAt(place: Chain['detection']['bestBy']): { alert: string; place: string } | null {
  return place && { alert: place.alert, place: `${place.path}:${place.line}` }
}

interface Shared {
  chains: string | null
  caveats: string[]
}

interface Card {
  id: string
  detection: { caveats: string[] }
}

/** Caveats of two or more chains, by the chains they hold for: `null` for all. */
export function sharedCaveats(cards: readonly Card[]): Shared[] {
  const told = cards.flatMap(({ id, detection }) => detection.caveats.map((caveat) => ({ id, caveat })))
  const shared = groupBy(told, ({ caveat }) => caveat)
    .filter(({ items }) => items.length > 1)
    .map(({ key, items }) => ({
      chains: items.length === cards.length ? null : idRanges(items.map(({ id }) => id)),
      caveat: key,
    }))
  return groupBy(shared, ({ chains }) => chains ?? '').map(({ key, items }) => ({
    chains: key === '' ? null : key,
    caveats: items.map(({ caveat }) => caveat),
  }))
}

/** The card with those caveats only that its section does not say already. */
export function withOwnCaveats<T extends Card>(card: T, said: readonly Shared[]): T {
  const own = card.detection.caveats.filter((text) => !said.some(({ caveats }) => caveats.includes(text)))
  return { ...card, detection: { ...card.detection, caveats: own } }
}
