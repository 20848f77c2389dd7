/** How retries multiply over a path of dependencies. */
import type { Client, Guard } from '../facts/code.js'
import { formatSource } from '../facts/source.js'
import { singleTries } from '../knowledge/single-tries.js'
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
      (dependency, index) => `${dependency.from} to ${dependency.to}: ${known[index]}${placeOf(dependency)}`,
    )
    .join('; ')
  return {
    worst,
    expected,
    reason: `attempts per layer: ${layers}; expected at ${p * 100} % independent failures`,
  }
}

/** Where the client stands that tries as often, and the route of its proxy; one try needs no place. */
function placeOf(dependency: Dependency): string {
  const { clients, proxied } = dependency
  const own = ownAttemptsOf(dependency)
  const eager = clients.find(
    (client) => ownAttemptsOf({ ...dependency, clients: [client] }) === own && own !== null,
  )
  const loop = dependency.sites.find(({ client, path }) => client === eager && path?.retry)?.path?.retry
  const retry = eager?.guards['http-retry']
  const code = [
    ...(retry?.state === 'present' || !loop ? [retry?.source ?? eager?.source ?? []].flat() : []),
    ...(loop ? [loop.source] : []),
  ]
    .filter(() => own !== 1)
    .map(formatSource)
  const route = proxied.guards['http-retry']?.source
  const places = [
    ...code,
    ...(route ? [`${formatSource(route)}, which attempts each ${proxied.tries} times`] : []),
  ]
  return places.length === 0 ? '' : ` (${places.join('; ')})`
}

export function expectedAttempts(attempts: number, p: number): number {
  return p === 1 ? attempts : (1 - p ** attempts) / (1 - p)
}

/** Total tries of a call: those of the code, each of which a proxy beside the caller may try several times. */
export function attemptsOf(dependency: Dependency): number | null {
  const [own, { tries, doubt }] = [ownAttemptsOf(dependency), dependency.proxied]
  // Where no call is certain to pass the proxy, its one try changes nothing either.
  if (own === null || tries === null || (doubt !== null && tries > 1)) return null
  return own * tries
}

/**
 * Tries that the code makes of a call: 1 + retries, of the most eager client. Null when the code of the call was not read
 * or the retries of a client could not be decided.
 */
export function ownAttemptsOf(dependency: Dependency): number | null {
  const attempts = dependency.clients.map((client) => {
    const [own, byHand] = [
      attemptsUnder(client.guards['http-retry'], client),
      triesByHand(client, dependency),
    ]
    return own === null || byHand === null ? null : own * byHand
  })
  const known = attempts.filter((count) => count !== null)
  return known.length === 0 || known.length < attempts.length ? null : Math.max(...known)
}

/** How often code of the project makes a call of a client at most; null where that was not seen. */
function triesByHand(client: Client, { sites }: Dependency): number | null {
  const retries = sites.flatMap((site) => (site.client === client ? (site.path?.retry ?? []) : []))
  return retries.some(({ attempts }) => attempts === null)
    ? null
    : Math.max(1, ...retries.map(({ attempts }) => attempts!))
}

/** Of a library whose facts say nothing of retries nothing is known, unless it is one that tries once. */
export function attemptsUnder(retry: Guard | undefined, { library }: Pick<Client, 'library'>): number | null {
  if (!retry) return Object.hasOwn(singleTries().libraries, library) ? 1 : null
  if (retry.state === 'absent' || retry.state === 'inert') return 1
  return retry.state === 'present' && retry.value !== null ? 1 + retry.value : null
}
