/** Which facts of code count as what runs: those in modules, and functions, of which something shows that a service runs them. */
import type { UncalledCode, UnreachedModule } from '../facts/code.js'
import type { Facts } from '../facts/fact.js'
import type { Source } from '../facts/source.js'

/** Why it is not known that a fact counts, be it code or a manifest, and that in words. */
export interface Doubt {
  why:
    | UnreachedModule['why']
    | UncalledCode['why']
    | 'not-listed'
    | 'example'
    | 'set-aside'
    | 'test-double'
    | 'unfilled'
  reason: string
}

export const NOT_REACHED: Record<UnreachedModule['why'], string> = {
  'no-entry': 'no entry of the package imports this module',
  'components-only': 'only components of a user interface import this module',
  published: 'no program of this system imports this module, which is published for others to load',
}

type Located = { source: Source }

export function reachedIn(facts: Facts): (fact: Located) => boolean {
  const doubt = doubtIn(facts)
  return (fact) => doubt(fact) === null
}

/** Why it is not known that a fact counts; null where it does. */
export function doubtIn(facts: Facts): (fact: Located) => Doubt | null {
  const unreached = new Map(facts.of('unreached-module').map(({ source, why }) => [source.path, why]))
  const uncalled = facts.of('uncalled-code')
  return ({ source }) => {
    const why = unreached.get(source.path)
    if (why !== undefined) return { why, reason: NOT_REACHED[why] }
    const around = uncalled.find((code) => isWithin(source, code.source))
    return around === undefined ? null : { why: around.why, reason: notCalled(around) }
  }
}

function notCalled({ name, source, why }: UncalledCode): string {
  return `${WHO_CALLS[why]} \`${name}\` (${source.path}:${source.line})`
}

const WHO_CALLS: Record<UncalledCode['why'], string> = {
  'no-caller': 'outside tests, nothing in this system calls',
  'browser-only': 'only code of a user interface calls',
  'for-users': 'outside tests, nothing in this system calls, though users of its package may,',
}

function isWithin({ path, line }: Source, around: Source): boolean {
  return path === around.path && around.line <= line && line <= around.endLine
}
