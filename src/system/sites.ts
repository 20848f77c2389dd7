/** The calls of a dependency one by one: which protections each has, and what becomes of its failure. */
import type { CallPath, Client, Guard } from '../facts/code.js'
import { formatSource } from '../facts/source.js'
import type { Dependency, Guards, Site } from './component.js'

export function sitesOf(clients: Client[], paths: ReadonlyMap<string, CallPath>): Site[] {
  return clients.flatMap((client): Site[] =>
    client.calls.length === 0
      ? [{ client, call: null, source: client.source, guards: client.guards, path: null }]
      : client.calls.map((call) => ({
          client,
          call,
          source: call.source,
          guards: { ...client.guards, ...call.guards },
          path: paths.get(formatSource(call.within[0] ?? call.source)) ?? null,
        })),
  )
}

export interface Failures {
  /** Calls whose failure is caught where they are made, and the work goes on. */
  absorbed: Site[]
  /** Calls whose failure comes to whoever asked. */
  handedOn: Site[]
  unknown: Site[]
}

export function failuresOf({ sites }: Pick<Dependency, 'sites'>): Failures {
  const are = (wanted: string): Site[] => sites.filter((site) => fateOf(site) === wanted)
  return { absorbed: are('absorbed'), handedOn: are('handed-on'), unknown: are('unknown') }
}

function fateOf({ path, guards }: Site): string {
  if (guards['fallback']?.state === 'present') return 'absorbed'
  return path?.failure.is ?? 'unknown'
}

/** Every call seen is caught and bounded in time: its caller neither fails nor waits with it. */
export function goesOnWithout({ sites }: Pick<Dependency, 'sites'>): boolean {
  return sites.length > 0 && sites.every(isCaughtInTime)
}

export function isCaughtInTime(site: Site): boolean {
  return fateOf(site) === 'absorbed' && boundIn(site.guards)?.state === 'present'
}

/** The guard that bounds one call in time. */
export function boundIn(guards: Guards): Guard | undefined {
  return guards['http-timeout'] ?? guards['statement-timeout'] ?? guards['redis-timeout']
}

/** Calls with a protection and those without it. */
export interface Partly {
  has: Site[]
  lacks: Site[]
}

/** Protections that some calls have and others lack, by pattern. */
export function partlyIn({ sites, guards: all }: Pick<Dependency, 'sites' | 'guards'>): Map<string, Partly> {
  const patterns = new Set(sites.flatMap(({ guards }) => Object.keys(guards)))
  const found = new Map<string, Partly>()
  for (const pattern of [...patterns].sort()) {
    const has = sites.filter(({ guards }) => guards[pattern]?.state === 'present')
    const lacks = sites.filter(({ guards }) => guards[pattern] && guards[pattern].state !== 'present')
    if (has.length > 0 && lacks.length > 0 && all[pattern]?.state !== 'present')
      found.set(pattern, { has, lacks })
  }
  return found
}

/** The loop around a call by which the project tries it again where its library does not. */
export function withRetriesByHand(guards: Guards, sites: Site[]): Guards {
  const own = guards['http-retry']
  if (own && own.state !== 'absent') return guards
  const retries = sites.map(({ path }) => path?.retry ?? null)
  const [first] = retries
  if (!first || retries.includes(null)) return guards
  const most = Math.max(...retries.map((retry) => retry!.attempts ?? Infinity))
  const isKnown = Number.isFinite(most)
  return {
    ...guards,
    'http-retry': {
      state: 'present',
      tier: 'explicit',
      value: isKnown ? most - 1 : null,
      unit: isKnown ? 'count' : null,
      reason: isKnown
        ? `code of the project attempts it up to ${most} times`
        : 'code of the project retries it; the maximum number of attempts was not seen',
      source: first.source,
    },
  }
}
