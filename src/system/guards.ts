/** How guards combine: over the clients of a dependency, over the practices of a component. */
import { GUARD_STATES } from '../facts/guard-states.js'
import type { Guard } from '../facts/code.js'
import type { Guards } from './component.js'

/**
 * For every pattern that any of the sets names, the worst guard: one unguarded call decides for the whole, an undecided one keeps
 * the whole undecided. A pattern that a set does not name is not its concern.
 */
export function worstGuards(sets: Guards[]): Guards {
  const worst: Guards = {}
  for (const guards of sets) {
    for (const [pattern, guard] of Object.entries(guards)) {
      const known = worst[pattern]
      if (!known || GUARD_STATES.indexOf(guard.state) < GUARD_STATES.indexOf(known.state))
        worst[pattern] = guard
    }
  }
  return Object.fromEntries(Object.entries(worst).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A finding is made of these two states only. */
export function isMissing(guard: Guard | undefined): boolean {
  return guard?.state === 'absent' || guard?.state === 'inert'
}

export function guard(
  state: Guard['state'],
  reason: string,
  source: Guard['source'] = null,
  value: number | null = null,
  unit: string | null = null,
): Guard {
  return { state, tier: null, value, unit, reason, source }
}

/** Own protections, and those of a proxy where there is none of one's own, or none that is known. */
export function withProxy(own: Guards, proxy: Guards): Guards {
  const added = Object.entries(proxy).filter(([pattern, { state }]) => {
    const mine = own[pattern]?.state
    return (
      mine === undefined ||
      mine === 'absent' ||
      mine === 'inert' ||
      (mine !== 'present' && state === 'present')
    )
  })
  return added.length === 0 ? own : { ...own, ...Object.fromEntries(added) }
}
