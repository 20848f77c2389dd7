/** Whether what callees may need fits into what their callers wait. */
import type { Guard } from '../facts/code.js'
import { attemptsUnder } from './amplification.js'
import type { Dependency, Guards } from './component.js'

/** What a caller waits, less attempts x timeout of the call below it, in seconds. Negative: the caller gives up first. */
export interface TimeBudget {
  /** Null when it is not one number. Back-off is left out, so the true slack is smaller. */
  slackSeconds: number | null
  /** Bounds over the calls that may meet; the lower one is null as soon as one on the way is not known. */
  atLeastSeconds: number | null
  atMostSeconds: number | null
  /** Why it is not one number; null when it is. */
  reason: string | null
}

const NONE: TimeBudget = {
  slackSeconds: null,
  atLeastSeconds: null,
  atMostSeconds: null,
  reason: 'no two neighbouring calls have known timeouts',
}

/** The smallest slack on a path that starts at the failing component, over its neighbouring calls. */
export function timeBudget(path: Dependency[]): TimeBudget {
  const pairs = path.slice(1).map((outer, index) => slackBetween(outer, path[index]!))
  const known = pairs.filter((pair) => pair !== null)
  if (known.length === 0) return NONE
  const atMostSeconds = Math.min(...known.map(({ most }) => most))
  if (known.length < pairs.length)
    return { ...NONE, atMostSeconds, reason: 'the timeouts of a call on the way are not known' }
  const atLeastSeconds = Math.min(...known.map(({ least }) => least))
  const isOne = atLeastSeconds === atMostSeconds
  return {
    slackSeconds: isOne ? atMostSeconds : null,
    atLeastSeconds,
    atMostSeconds,
    reason: isOne
      ? null
      : `between ${atLeastSeconds} s and ${atMostSeconds} s: ${known.flatMap(({ unlinked }) => unlinked ?? []).join('; ')}`,
  }
}

interface Slack {
  least: number
  most: number
  /** Set when several calls may meet and nothing links one to another. */
  unlinked: string | null
}

/** No evidence says which outer call waits for which inner one: any two may meet, unless all are alike. */
function slackBetween(outer: Dependency, inner: Dependency): Slack | null {
  const [waits, needs] = [waitsOf(outer), needsOf(inner)]
  if (waits.length === 0 || needs.length === 0 || waits.includes(null) || needs.includes(null)) return null
  const [patience, worst] = [waits, needs].map((list) => list.map(Number).sort((a, b) => a - b))
  const least = patience![0]! - worst!.at(-1)!
  const most = patience!.at(-1)! - worst![0]!
  const seconds = (list: number[]): string => [...new Set(list)].map((each) => `${each} s`).join(' or ')
  return {
    least,
    most,
    unlinked:
      least === most
        ? null
        : `${outer.from} waits ${seconds(patience!)} for ${outer.to}, which may need ${seconds(worst!)} for ${inner.to}, and which call waits for which was not seen`,
  }
}

/** Of every call its timeout, or that of the proxy where it is shorter; null where it has none or none that is known. */
function waitsOf(dependency: Dependency): (number | null)[] {
  const bound = guardIn(dependency.proxied.guards)
  return ownWaitsOf(dependency).map((own) => {
    if (!bound) return own
    const proxy = timeoutIn(dependency.proxied.guards)
    return own === null || proxy === null ? proxy : Math.min(own, proxy)
  })
}

/** Of every call the timeout that the code gives it; null where it has none or none that is known. */
export function ownWaitsOf({ clients }: Pick<Dependency, 'clients'>): (number | null)[] {
  return clients.flatMap((client) => {
    const own = timeoutIn(client.guards)
    return client.calls.length === 0
      ? [own]
      : client.calls.map((call) => (guardIn(call.guards) ? timeoutIn(call.guards) : own))
  })
}

function needsOf(inner: Dependency): (number | null)[] {
  return inner.clients.flatMap((client) => {
    const attempts = attemptsUnder(client.guards['http-retry'])
    return waitsOf({ ...inner, clients: [client] }).map((seconds) =>
      seconds === null || attempts === null ? null : seconds * attempts,
    )
  })
}

function guardIn(guards: Guards): Guard | undefined {
  return guards['http-timeout'] ?? guards['statement-timeout'] ?? guards['redis-timeout']
}

function timeoutIn(guards: Guards): number | null {
  const guard = guardIn(guards)
  return guard?.state === 'present' && guard.unit === 's' ? guard.value : null
}
