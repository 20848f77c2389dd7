/** Which facts of code count as what runs: those in modules that an entry of their package leads to. */
import type { Facts } from '../facts/fact.js'
import type { Source } from '../facts/source.js'

export const NOT_REACHED = 'no entry of the package imports this module'

export function reachedIn(facts: Facts): (fact: { source: Source }) => boolean {
  const unreached = new Set(facts.of('unreached-module').map(({ source }) => source.path))
  return ({ source }) => !unreached.has(source.path)
}
