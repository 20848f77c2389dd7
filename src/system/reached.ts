/** Which facts of code count as what runs: those in modules of which something shows that a service runs them. */
import type { UnreachedModule } from '../facts/code.js'
import type { Facts } from '../facts/fact.js'
import type { Source } from '../facts/source.js'

/** Why it is not known that a fact counts, and that in words. */
export interface Doubt {
  why: UnreachedModule['why']
  reason: string
}

export const NOT_REACHED: Record<UnreachedModule['why'], string> = {
  'no-entry': 'no entry of the package imports this module',
  'components-only': 'only components of a user interface import this module',
}

type Located = { source: Source }

export function reachedIn(facts: Facts): (fact: Located) => boolean {
  const doubt = doubtIn(facts)
  return (fact) => doubt(fact) === null
}

/** Why it is not known that a fact counts; null where it does. */
export function doubtIn(facts: Facts): (fact: Located) => Doubt | null {
  const unreached = new Map(facts.of('unreached-module').map(({ source, why }) => [source.path, why]))
  return ({ source }) => {
    const why = unreached.get(source.path)
    return why === undefined ? null : { why, reason: NOT_REACHED[why] }
  }
}
