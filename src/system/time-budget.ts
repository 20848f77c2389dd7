/** Whether what callees may need fits into what their callers wait. */
import { formatDuration } from '../facts/units.js'
import { attemptsUnder } from './amplification.js'
import { endpointAsked, isReached } from './asked-endpoints.js'
import type { Component, Dependency, Guards, Site } from './component.js'
import { boundIn } from './sites.js'

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
export function timeBudget(path: Dependency[], componentOf: ComponentOf = () => undefined): TimeBudget {
  const pairs = path.slice(1).map((outer, index) => slackBetween(outer, path[index]!, componentOf(outer.to)))
  const known = pairs.filter((pair) => pair.most !== null)
  const reasons = pairs.flatMap(({ reason }) => reason ?? [])
  if (known.length === 0) return reasons.length === 0 ? NONE : { ...NONE, reason: reasons.join('; ') }
  const atMostSeconds = Math.min(...known.map(({ most }) => most!))
  const least = pairs.map((pair) => pair.least)
  if (least.includes(null))
    return {
      ...NONE,
      atMostSeconds,
      reason:
        known.length < pairs.length ? 'the timeouts of a call on the way are not known' : reasons.join('; '),
    }
  const atLeastSeconds = Math.min(...least.map(Number))
  const isOne = atLeastSeconds === atMostSeconds
  return {
    slackSeconds: isOne ? atMostSeconds : null,
    atLeastSeconds,
    atMostSeconds,
    reason: isOne
      ? null
      : `between ${formatDuration(atLeastSeconds)} and ${formatDuration(atMostSeconds)}: ${reasons.join('; ')}`,
  }
}

type ComponentOf = (id: string) => Component | undefined

interface Slack {
  /** Null without a lower bound. */
  least: number | null
  /** Null where nothing is known. */
  most: number | null
  /** What is known of a slack that is not one number. */
  reason: string | null
}

/** Which outer call waits for which inner one is taken from the endpoints; of those that do not tell any two may meet. */
function slackBetween(outer: Dependency, inner: Dependency, callee: Component | undefined): Slack {
  const [waits, needs] = meeting(outer, inner, callee)
  const patience = waits.filter((seconds) => seconds !== null).sort((a, b) => a - b)
  const worst = needs.flatMap((need) => need ?? []).sort((a, b) => a.seconds - b.seconds)
  if (patience.length === 0 || worst.length === 0) return { least: null, most: null, reason: null }
  const isOpen = worst.some(({ tries }) => tries === null)
  const told = `${outer.from} waits ${secondsOf(patience)} for ${outer.to}, which may need ${secondsOf(worst.map(({ seconds }) => seconds))}${isOpen ? ' for each attempt' : ''} for ${inner.to}`
  if (patience.length < waits.length || worst.length < needs.length)
    return { least: null, most: null, reason: `${told}; how long others of these calls take is not known` }
  const most = patience.at(-1)! - worst[0]!.seconds
  if (isOpen) return { least: null, most, reason: `${told}, and how many attempts it makes is not known` }
  const least = patience[0]! - worst.at(-1)!.seconds
  return {
    least,
    most,
    reason: least === most ? null : `${told}, and which call waits for which was not seen`,
  }
}

function secondsOf(list: number[]): string {
  return [...new Set(list)].map(formatDuration).join(' or ')
}

/** What the outer calls wait that may wait for an inner one, and what those may need. */
function meeting(
  outer: Dependency,
  inner: Dependency,
  callee: Component | undefined,
): [(number | null)[], (Need | null)[]] {
  const asked = outer.sites.map((site) => {
    const endpoint = callee && endpointAsked(site, callee)
    return { site, reached: endpoint ? inner.sites.filter((one) => isReached(one, endpoint)) : inner.sites }
  })
  const waiting = asked.filter(({ reached }) => reached.length > 0)
  const reached = inner.sites.filter((site) => waiting.some((one) => one.reached.includes(site)))
  return [waiting.map(({ site }) => waitOf(site, outer)), reached.map((site) => needOf(site, inner))]
}

/** The timeout of a call, or that of the proxy where it is shorter; null where it has none or none that is known. */
export function waitOf({ guards }: Pick<Site, 'guards'>, { proxied }: Dependency): number | null {
  const own = timeoutIn(guards)
  if (!boundIn(proxied.guards)) return own
  const proxy = timeoutIn(proxied.guards)
  return own === null || proxy === null ? proxy : Math.min(own, proxy)
}

/** Of every call the timeout that the code gives it; null where it has none or none that is known. */
export function ownWaitsOf({ clients }: Pick<Dependency, 'clients'>): (number | null)[] {
  return clients.flatMap((client) => {
    const own = timeoutIn(client.guards)
    return client.calls.length === 0
      ? [own]
      : client.calls.map((call) => (boundIn(call.guards) ? timeoutIn(call.guards) : own))
  })
}

/** Seconds of all tries; of one where `tries` is null. */
export interface Need {
  seconds: number
  tries: number | null
}

/** What a call may take at most, less the waits between its tries; null where no try is bounded. */
export function needOf(site: Site, dependency: Dependency): Need | null {
  const seconds = waitOf(site, dependency)
  if (seconds === null) return null
  const own = attemptsUnder(site.guards['http-retry'], site.client)
  const byHand = site.path?.retry ? site.path.retry.attempts : 1
  const tries = own === null || byHand === null ? null : own * byHand
  return { seconds: seconds * (tries ?? 1), tries }
}

function timeoutIn(guards: Guards): number | null {
  const guard = boundIn(guards)
  return guard?.state === 'present' && guard.unit === 's' ? guard.value : null
}
