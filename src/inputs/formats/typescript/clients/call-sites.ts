/** The places where a client is called, each with its guards; where callers decide about a guard, the places of the callers. */
import type { CallSite, Guard } from '../../../../facts/code.js'
import type { GuardFacts } from '../../../../knowledge/libraries/guards.js'
import { isSetAtCreation } from '../../../../knowledge/libraries.js'
import { CUT, type Callers } from '../survey/callers.js'
import { sorted } from './combined-guards.js'
import type { ClientGuards } from './client-guards.js'
import { plain } from '../values/guard-values.js'
import type { Given } from '../modules/resolved.js'
import type { ClientSeen } from '../survey/client-seen.js'
import type { OutboundCall } from '../survey/survey.js'
import { calleeName, sourceOf, symbolOf } from '../syntax/syntax.js'
import type { Guards } from '../survey/wrappers.js'

export class CallSites {
  constructor(
    readonly guards: ClientGuards,
    readonly callers: Callers,
    /** What is not known of the client of a call that somebody provides, and of which guards; null when it is known. */
    readonly openFor: (call: OutboundCall) => Open | null,
  ) {}

  of(call: OutboundCall, client: ClientSeen): CallSite[] {
    const here = this.#guardsOf(call, client)
    const site = {
      source: sourceOf(call.node),
      method: call.method,
      symbol: symbolOf(call.node),
      guards: sorted(here),
      within: [],
    }
    const open = Object.keys(here).filter((pattern) => here[pattern]!.state === 'delegated')
    if (open.length === 0) return [site]
    const isOpen = (guards: Guards): boolean => open.some((pattern) => guards[pattern]?.state === 'delegated')
    const known = new Map<readonly Given[], Guards>()
    const written = (given: readonly Given[]): Guards => {
      const guards = known.get(given) ?? this.#writtenThrough(given, call, client)
      known.set(given, guards)
      return guards
    }
    const { ways, isCut } = this.callers.waysTo(
      call.node.arguments,
      (given) => !isOpen(written(given)),
      (given) => JSON.stringify(open.map((pattern) => [written(given)[pattern]?.state])),
    )
    const all = ways.map((given) =>
      throughCallers(given, call, { ...here, ...decided(written(given), given, open) }),
    )
    const sites = isCut ? [...all, site].map((one) => ({ ...one, guards: unsettled(one.guards) })) : all
    return isCut || sites.some(({ guards }) => open.some((pattern) => guards[pattern]?.state !== 'delegated'))
      ? sites
      : [site]
  }

  #writtenThrough(given: readonly Given[], call: OutboundCall, client: ClientSeen): Guards {
    const through = { ...call, given }
    return this.#guardsOf(through, client, this.guards.writtenFor(through, client))
  }

  #guardsOf(
    call: OutboundCall,
    client: ClientSeen,
    guards: Guards = this.guards.ofCall(call, client),
  ): Guards {
    const open = client.made ? null : this.openFor(call)
    if (!open) return guards
    return Object.fromEntries(
      Object.entries(guards).map(([pattern, guard]) => [
        pattern,
        guard.state === 'absent' && open.concerns(client.library.guards[pattern])
          ? plain('unknown', open.reason)
          : guard,
      ]),
    )
  }
}

/** The call as the outermost caller seen makes it. */
function throughCallers(given: readonly Given[], call: OutboundCall, guards: Guards): CallSite {
  const outer = given.at(-1)!.call
  return {
    source: sourceOf(outer),
    method: call.method,
    symbol: symbolOf(outer),
    guards: sorted(guards),
    within: [call.node, ...given.slice(0, -1).map(({ call: between }) => between)].map(sourceOf),
  }
}

/** Of what was open, what callers decide. */
function decided(inner: Guards, given: readonly Given[], open: string[]): Guards {
  const name = calleeName(given.at(-1)!.call)
  return Object.fromEntries(
    open.flatMap((pattern): [string, Guard][] =>
      inner[pattern] ? [[pattern, through(inner[pattern], name)]] : [],
    ),
  )
}

/** What callers decide is not known where not all of them were followed. */
function unsettled(guards: Guards): Guards {
  return Object.fromEntries(
    Object.entries(guards).map(([pattern, guard]) => [
      pattern,
      guard.state === 'delegated' && guard.nature !== 'decided-by-client' ? plain('unknown', CUT) : guard,
    ]),
  )
}

export interface Open {
  reason: string
  concerns(facts: GuardFacts | undefined): boolean
}

/** Whether what a client is made with can hold the guard. */
export function isSetByProvider(facts: GuardFacts | undefined): boolean {
  return facts !== undefined && facts.options.some(({ where }) => where.includes('create'))
}

function through(guard: Guard, name: string): Guard {
  if (guard.state !== 'absent' || name === '') return guard
  return { ...guard, reason: `${guard.reason}; \`${name}\` would pass it on and is called without it` }
}

/** Without the guards that only the making of the client can set. */
export function ofCallOnly(site: CallSite, { library }: ClientSeen): CallSite {
  const guards = Object.entries(site.guards).filter(([pattern]) => {
    const facts = library.guards[pattern]
    return !facts || !isSetAtCreation(facts)
  })
  return { ...site, guards: Object.fromEntries(guards) }
}
