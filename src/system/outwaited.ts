/** Calls whose caller gives up before a call that its callee makes for it can end, as far as the endpoint between them is known. */
import { formatDuration } from '../facts/units.js'
import { formatSource } from '../facts/source.js'
import { endpointAsked, isAwaited, isReached } from './asked-endpoints.js'
import type { Dependency, Site, System } from './component.js'
import { needOf, waitOf } from './time-budget.js'

export interface Outwaited {
  /** In words, each with both times. */
  misfits: string[]
  /** Likewise, where it was not seen whether the one waits for the other. */
  open: string[]
  /** How many pairs fit. */
  fits: number
}

/** One call below at a time: several in a row take longer. */
export function outwaitedBy(dependency: Dependency, system: System): Outwaited {
  const found: Outwaited = { misfits: [], open: [], fits: 0 }
  const callee = system.component(dependency.to)!
  for (const outer of dependency.sites) {
    const waits = waitOf(outer, dependency)
    const endpoint = waits === null ? null : endpointAsked(outer, callee)
    for (const inner of waits === null ? [] : system.dependenciesOf(callee.id))
      for (const site of inner.sites.filter((one) => !endpoint || isReached(one, endpoint))) {
        const needs = needIn(site, inner)
        if (needs === null) continue
        const asked = endpoint ? ` for ${endpoint.method} ${endpoint.path}` : ''
        const words = `${dependency.from} (${formatSource(outer.source)}) waits ${formatDuration(waits!)}${asked}, and ${callee.name} (${formatSource(site.source)}) may take ${needs.words} for ${inner.to}`
        const isLonger = needs.seconds > waits!
        const isWaitedFor = endpoint !== null && isAwaited(site, endpoint)
        if (isLonger) (isWaitedFor ? found.misfits : found.open).push(words)
        else if (endpoint && needs.isWhole) found.fits++
      }
  }
  return found
}

/** Null where no try of the call is bounded. */
function needIn(site: Site, inner: Dependency): { seconds: number; words: string; isWhole: boolean } | null {
  const need = needOf(site, inner)
  if (need === null) return null
  const { seconds, tries } = need
  const isOne = tries === null || tries === 1
  return {
    seconds,
    words: isOne ? formatDuration(seconds) : `${tries} attempts of ${formatDuration(seconds / tries)}`,
    isWhole: tries !== null,
  }
}
