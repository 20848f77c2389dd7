/** Clients that a function or class of the project makes in several ways: `makeClient(url, { timeout })` and `makeClient(url)`. */
import type { Callers } from '../survey/callers.js'
import type { Given } from '../modules/resolved.js'
import type { Made } from '../values/callees.js'
import type { ClientSeen } from '../survey/client-seen.js'
import type { OutboundCall } from '../survey/survey.js'
import { assignedName, symbolOf, type TS } from '../syntax/syntax.js'

/** One way in which a client is made, and the calls that go through what it makes. */
export interface Making {
  seen: ClientSeen
  made: Made
  calls: OutboundCall[]
}

/** What makes one client differ from another; unsettled while callers further out decide. */
export interface Settings {
  key: string
  isSettled: boolean
}

/** One for each way in which callers reach the creation, as far as their settings differ; one where no caller decides. */
export function makingsOf(
  seen: ClientSeen,
  made: Made,
  calls: OutboundCall[],
  callers: Callers,
  settingsOf: (making: Making) => Settings,
): Making[] {
  const through = (given: readonly Given[]): Making => ({
    seen: { ...seen, given },
    made,
    calls: calls.filter(
      ({ client, node }) =>
        goesThrough(chainTo(made, client.given ?? []), given) && !callers.isOfSibling(node, given[0]),
    ),
  })
  const bySameness = new Map<string, Making>()
  const isSettled = (way: readonly Given[]): boolean => settingsOf(through(way)).isSettled
  for (const given of callers.waysTo(made.arguments ?? [], isSettled).ways) {
    const making = through(given)
    const { key } = settingsOf(making)
    const known = bySameness.get(key)
    if (known) known.calls = [...new Set([...known.calls, ...making.calls])]
    else bySameness.set(key, making)
  }
  return bySameness.size === 0 ? [{ seen, made, calls }] : [...bySameness.values()]
}

/** The caller that decides, of a client that not all callers make alike. */
export function decidingCall({ seen }: Making): Made | null {
  return seen.given?.at(-1)?.call ?? null
}

/** Where the innermost of the functions that lead to the creation is called. */
export function innerName({ seen, made }: Making): string {
  const inner = seen.given?.[0]?.call ?? made
  return symbolOf(inner) + assignedName(inner)
}

/** The calls that lead to a creation, without those that only hand on what it made. */
function chainTo(made: Made, given: readonly Given[]): Given[] {
  let at: TS.Node = made
  return given.filter(({ of, call }) => {
    const leads = isInside(at, of)
    if (leads) at = call
    return leads
  })
}

function isInside(node: TS.Node, owner: TS.Node): boolean {
  for (let at: TS.Node | undefined = node; at; at = at.parent) if (at === owner) return true
  return false
}

/** As far as both are known. */
function goesThrough(chain: readonly Given[], way: readonly Given[]): boolean {
  return way.every(({ call }, index) => chain[index] === undefined || chain[index].call === call)
}
