/** Databases as subjects, by the connections that their clients open together. */
import { compareSources } from '../../facts/source.js'
import { connectionDemands, type ConnectionDemand } from '../../system/connections/demands.js'
import type { Model } from '../../system/model.js'
import type { Subject } from '../subject.js'

export function connectionSubjects({ system, manifests }: Model): Subject[] {
  return connectionDemands(system, manifests).map(demandSubject)
}

function demandSubject(demand: ConnectionDemand): Subject {
  const { database, limit, terms } = demand
  const places = terms.flatMap(({ sources }) => sources)
  const first =
    limit.source ?? database.sources[0] ?? places.map(({ source }) => source).sort(compareSources)[0]!
  return {
    kind: 'connections',
    identity: database.id,
    label: `connections to ${database.name}`,
    component: database.id,
    source: first,
    at: {},
    ignores: Object.assign({}, ...database.workloads.map(({ ignores }) => ignores)) as Record<string, string>,
    fields: { database: database.name, ...sumOf(demand) },
    places: () => [{ source: first, message: `${database.name} permits them here` }, ...places],
  }
}

/** What is certain of the sum decides; the rest leaves it open. */
function sumOf({ limit: { permitted, reason }, terms }: ConnectionDemand): object {
  const least = terms.reduce((sum, term) => sum + term.least, 0)
  const most = terms.reduce<number | null>(
    (sum, term) => (sum === null || term.most === null ? null : sum + term.most),
    0,
  )
  const known = terms.filter((term) => term.least > 0)
  const fits =
    permitted === null
      ? 'unknown'
      : least > permitted
        ? 'no'
        : most !== null && most <= permitted
          ? 'yes'
          : 'unknown'
  return {
    isCounted: terms.some(({ isPlaced }) => isPlaced),
    permitted: permitted ?? 0,
    isLimited: permitted !== null,
    limitReason: reason,
    needed: least,
    neededAtRest: terms.reduce((sum, term) => sum + term.atRest, 0),
    fits,
    terms: known.map((term) => term.reason),
    open: terms.filter((term) => term.least === 0).map((term) => term.reason),
    raised: terms.some((term) => term.least > 0 && term.most !== term.least),
  }
}
