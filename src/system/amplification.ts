/** How retries multiply over a path of dependencies. */
import type { Guard } from '../facts/code.js'
import { formatSource } from '../facts/source.js'
import type { Dependency } from './component.js'

export interface Amplification {
  worst: number | null
  expected: number | null
  reason: string
}

/**
 * Worst: the product of attempts over the layers (every attempt fails). Expected, for independent failures with
 * probability p: the product of (1 - p^a) / (1 - p), a = attempts. Both are null when a layer's attempts are not known.
 */
export function amplificationOf(path: Dependency[], p: number): Amplification {
  const attempts = path.map(attemptsOf)
  const unknown = path.filter((_, index) => attempts[index] === null)
  if (unknown.length > 0) {
    return {
      worst: null,
      expected: null,
      reason: `attempts are not known on ${unknown.map((dependency) => `${dependency.from} to ${dependency.to}`).join(', ')}`,
    }
  }
  const known = attempts.filter((count) => count !== null)
  const worst = known.reduce((product, count) => product * count, 1)
  const expected = known.reduce((product, count) => product * expectedAttempts(count, p), 1)
  const layers = path
    .map(
      (dependency, index) =>
        `${dependency.from} to ${dependency.to}: ${known[index]}${placeOf(dependency, known[index]!)}`,
    )
    .join('; ')
  return {
    worst,
    expected,
    reason: `attempts per layer: ${layers}; expected at ${p * 100} % independent failures`,
  }
}

/** Where the client stands that tries as often; one try needs no place. */
function placeOf({ clients }: Dependency, attempts: number): string {
  const eager = clients.find(({ guards }) => attemptsUnder(guards['http-retry']) === attempts)
  if (!eager || attempts === 1) return ''
  return ` (${formatSource(eager.guards['http-retry']?.source ?? eager.source)})`
}

export function expectedAttempts(attempts: number, p: number): number {
  return p === 1 ? attempts : (1 - p ** attempts) / (1 - p)
}

/**
 * Total tries of a call: 1 + retries, of the most eager client. Null when the code of the call was not read or the
 * retries of a client could not be decided.
 */
export function attemptsOf(dependency: Dependency): number | null {
  const attempts = dependency.clients.map(({ guards }) => attemptsUnder(guards['http-retry']))
  const known = attempts.filter((count) => count !== null)
  return known.length === 0 || known.length < attempts.length ? null : Math.max(...known)
}

/** Of a library whose facts say nothing of retries nothing is known: several clients of data stores retry by default. */
export function attemptsUnder(retry: Guard | undefined): number | null {
  if (!retry) return null
  if (retry.state === 'absent' || retry.state === 'inert') return 1
  return retry.state === 'present' && retry.value !== null ? 1 + retry.value : null
}
