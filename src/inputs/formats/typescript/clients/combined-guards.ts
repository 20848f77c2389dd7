/** Guards of several places as those of one. */
import { GUARD_STATES } from '../../../../facts/guard-states.js'
import type { CallSite, Guard } from '../../../../facts/code.js'
import { compareText } from '../../../../facts/source.js'
import type { Guards } from '../survey/wrappers.js'

/** Over the call sites, the worst; of a client without calls, what it was made with. Guards that no call can change come from the client. */
export function worst(own: Guards, sites: CallSite[]): Guards {
  const guards: Guards = {}
  for (const site of sites) {
    for (const [pattern, guard] of Object.entries(site.guards)) {
      const known = guards[pattern]
      if (!known || isWorse(guard, known)) guards[pattern] = guard
    }
  }
  return sorted({ ...own, ...guards })
}

/** Of two that are missing, the one for which somebody waits. */
function isWorse(guard: Guard, known: Guard): boolean {
  const [rank, knownRank] = [guard, known].map(({ state }) => GUARD_STATES.indexOf(state)) as [number, number]
  const isLeft = ({ nature }: Guard): boolean => nature === 'nobody-waits'
  return rank < knownRank || (rank === knownRank && isLeft(known) && !isLeft(guard))
}

export function sorted(guards: Guards): Guards {
  return Object.fromEntries(Object.entries(guards).sort(([a], [b]) => compareText(a, b)))
}
