/** Who would notice a chain: what it shows at each component on its way. */
import type { ChainPattern } from '../../knowledge/chain-patterns.js'
import { detectionOf, type Detection, type Watch } from '../alerts/detection.js'
import { noticeOf, type Notice } from '../alerts/notice.js'
import { leadsTo } from '../asked-endpoints.js'
import type { Component, Dependency, System } from '../component.js'
import { isMissing } from '../guards.js'
import { isCaughtInTime } from '../sites.js'
import { waitOf } from '../time-budget.js'
import type { Parties } from './chain-words.js'

interface Sight {
  detection: Detection
  noticed: Notice
}

/** `path`: the calls from the failing component upwards. */
export function sightOf(
  { trigger: { fault }, shows, onward, perhaps, endless }: ChainPattern,
  path: Dependency[],
  { trigger, affected }: Parties,
  system: System,
  { watch, anyAlerts }: { watch: Watch; anyAlerts: boolean },
): Sight {
  const waits = watch.policy.waitsWithout.some((protection) => isMissing(path[0]!.guards[protection]))
  const failure = {
    fault,
    shows: waits ? [...shows, 'latency'] : shows,
    perhaps: waits ? [...perhaps, 'errors'] : perhaps,
    onward,
    timesOutAt: endless || waits ? thoseThatTimeOut(path, system) : new Set<string>(),
    has: ({ id }: Component, protection: string) =>
      path.some((call) => call.from === id && isProtected(call, protection)),
  }
  const detection = detectionOf(trigger, affected, failure, watch)
  return {
    detection: anyAlerts ? detection : { ...detection, reason: 'no alert rules were read' },
    noticed: noticeOf(detection, anyAlerts),
  }
}

/** The first one that bounds its call to what waits without end gets an error, and those above get that. */
function thoseThatTimeOut(path: Dependency[], system: System): Set<string> {
  const first = path.findIndex(
    (outer, index) =>
      index > 0 &&
      outer.sites.some(
        (site) =>
          !isCaughtInTime(site) &&
          waitOf(site, outer) !== null &&
          leadsTo({ ...outer, sites: [site] }, path[index - 1]!, system.component(outer.to)!) !== 'refuted',
      ),
  )
  return new Set(first === -1 ? [] : path.slice(first).map(({ from }) => from))
}

/** At some of its calls, or perhaps. */
function isProtected({ guards, sites }: Dependency, protection: string): boolean {
  const all = [guards, ...sites.map((site) => site.guards)].flatMap((one) => one[protection] ?? [])
  return all.some((guard) => !isMissing(guard))
}
