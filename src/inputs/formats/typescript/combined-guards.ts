/** Guards of several places as those of one. */
import type { CallSite, Guard } from '../../../facts/code.js'
import { compareText } from '../../../facts/source.js'
import type { Guards } from './wrappers.js'

const WORST_FIRST: Guard['state'][] = ['absent', 'inert', 'unknown', 'delegated', 'present']

/** Over the call sites, the worst; of a client without calls, what it was made with. Guards that no call can change come from the client. */
export function worst(own: Guards, sites: CallSite[]): Guards {
  const guards: Guards = {}
  for (const site of sites) {
    for (const [pattern, guard] of Object.entries(site.guards)) {
      const known = guards[pattern]
      if (!known || WORST_FIRST.indexOf(guard.state) < WORST_FIRST.indexOf(known.state))
        guards[pattern] = guard
    }
  }
  return sorted({ ...own, ...guards })
}

export function sorted(guards: Guards): Guards {
  return Object.fromEntries(Object.entries(guards).sort(([a], [b]) => compareText(a, b)))
}
