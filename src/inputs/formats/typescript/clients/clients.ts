/** Turns what the survey saw into Client facts: one per made client, or per file and target for direct calls. */
import type { CallSite, Client, Target } from '../../../../facts/code.js'
import { compareSources } from '../../../../facts/source.js'
import type { Library } from '../../../../knowledge/libraries.js'
import { Callers } from '../survey/callers.js'
import { worst } from './combined-guards.js'
import { CallSites, ofCallOnly } from './call-sites.js'
import { ClientGuards } from './client-guards.js'
import { creationArguments } from '../survey/creation-arguments.js'
import { poolSizeOf } from './pool-size.js'
import { Makers } from './makers.js'
import { decidingCall, innerName, makingsOf, type Making, type Settings } from './makings.js'
import type { Made } from '../values/callees.js'
import type { ClientSeen } from '../survey/client-seen.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { valuesOf } from '../values/object-members.js'
import { assignedName, bare, sourceOf, symbolOf, ts, type TS } from '../syntax/syntax.js'
import { Namesakes } from './namesakes.js'
import { sentFirst } from './resent-requests.js'
import { variableOfSchema, withVariable } from './schema-targets.js'
import { isKnown, targetOf } from '../values/targets.js'
import { versionsOf } from '../modules/versions.js'
import type { Guards } from '../survey/wrappers.js'

/** A client made of a client made of … */
const MAX_BELOW = 4

interface ClientOfCalls {
  client: Client
  calls: OutboundCall[]
}

export class Clients {
  readonly #guards: ClientGuards
  readonly #makers: Makers
  readonly callers: Callers
  readonly #sites: CallSites
  readonly #made = new Map<Made, ClientOfCalls[]>()
  readonly #direct = new Map<string, Client>()
  readonly #namesakes = new Namesakes()

  constructor(readonly survey: Survey) {
    this.callers = new Callers(survey)
    this.#guards = new ClientGuards(survey, this.callers)
    this.#makers = new Makers(survey, this.callers)
    this.#sites = new CallSites(this.#guards, this.callers, (call) => this.#makers.openFor(call))
    const calls = this.#callsByClient()
    for (const seen of survey.creations)
      if (seen.made && seen.library.protocol && !this.#isOnTop(seen.made))
        this.#made.set(seen.made, this.#clientsOf(seen, seen.made, calls.get(seen.made) ?? []))
    for (const [key, direct] of calls)
      if (typeof key === 'string') this.#direct.set(key, this.#directClient(direct))
  }

  get facts(): Client[] {
    return [...[...this.#made.values()].flat().map(({ client }) => client), ...this.#direct.values()]
  }

  /** The clients that a call goes through: its own and those that one is made of, as the pool below an adapter. */
  behind(call: OutboundCall): Client[] {
    const makers = this.#makers.of(call)
    if (makers.length > 0) return makers.flatMap((maker) => this.madeFrom(maker, call))
    return this.#directKey(call).flatMap((key) => this.#direct.get(key) ?? [])
  }

  /** The clients that a call asks, itself or in the functions of the project that it calls. */
  asked(call: TS.CallExpression): Client[] {
    return [...new Set(this.survey.callsFrom(call).flatMap((outbound) => this.behind(outbound)))]
  }

  /** The clients that a creation makes, or that one of them which a call goes through, and those given to it. */
  madeFrom(made: Made, call: OutboundCall | null = null, depth = 0): Client[] {
    const own = (this.#made.get(made) ?? []).filter(({ calls }) => call === null || calls.includes(call))
    const below = depth < MAX_BELOW ? this.#givenTo(made) : []
    return [
      ...own.map(({ client }) => client),
      ...below.flatMap((inner) => this.madeFrom(inner, null, depth + 1)),
    ]
  }

  /** Clients among the arguments, or in an object or list among them: `new PrismaClient({ adapter })`, `new Redlock([redis])`. */
  #givenTo(made: Made): Made[] {
    return (made.arguments ?? []).flatMap((argument) => {
      const found = this.survey.resolver.resolve(argument)
      const node = found.kind === 'value' ? found.node : bare(argument)
      const values = ts.isObjectLiteralExpression(node)
        ? valuesOf(node)
        : ts.isArrayLiteralExpression(node)
          ? [...node.elements]
          : [argument]
      return values.flatMap((value) => {
        const inner = this.survey.shapes.clientOf(value)?.made
        return inner && inner !== made ? [inner] : []
      })
    })
  }

  /** By the place where the client is made, else by what direct calls have in common. */
  #callsByClient(): Map<Made | string, OutboundCall[]> {
    const byClient = new Map<Made | string, OutboundCall[]>()
    for (const call of this.survey.outbound) {
      const makers = this.#makers.of(call)
      for (const key of makers.length > 0 ? makers : this.#directKey(call)) {
        const known = byClient.get(key)
        if (known) known.push(call)
        else byClient.set(key, [call])
      }
    }
    return byClient
  }

  /** Made of another client, which is judged by itself: an adapter around a pool. */
  #isOnTop(made: Made): boolean {
    return (made.arguments ?? []).some((argument) => {
      const client = this.survey.shapes.clientOf(argument)
      return client !== null && client.made !== null && client.made !== made
    })
  }

  /** None for calls on a client that is made nobody knows where. */
  #directKey(call: OutboundCall): string[] {
    if (call.client.through !== 'module' && this.#makers.injected(call) === null) return []
    const target = targetOf(call.shape.target, call.node.arguments, call.client.library, this.survey.resolver)
    const file = call.node.getSourceFile().fileName
    const around = this.survey.uncalled?.around(call.node)?.label ?? ''
    const called = target.host ?? target.variable ?? target.name ?? target.text ?? ''
    return [[file, around, call.client.library.id, called].join('\n')]
  }

  /** Calls that nothing runs are judged apart, so that they neither guard nor endanger what runs. */
  #clientsOf(seen: ClientSeen, made: Made, calls: OutboundCall[]): ClientOfCalls[] {
    const { uncalled } = this.survey
    const idle = uncalled?.around(made) ? [] : calls.filter(({ node }) => uncalled?.around(node))
    const running = this.#madeClients(
      seen,
      made,
      calls.filter((call) => !idle.includes(call)),
    )
    if (idle.length === 0) return running
    const sites = idle.flatMap((call) => this.#sites.of(call, seen).map((site) => ofCallOnly(site, seen)))
    const apart = this.#fact(seen.library, idle[0]!.node, this.#targetOf(seen, made), sites, {})
    return [...running, { calls: idle, client: apart }]
  }

  /** Several where its callers do not make it alike. */
  #madeClients(seen: ClientSeen, made: Made, calls: OutboundCall[]): ClientOfCalls[] {
    const makings = makingsOf(seen, made, calls, this.callers, (making) => this.#settingsOf(making))
    const namesakes = (making: Making): number =>
      makings.filter((other) => decidingCall(other) === decidingCall(making)).length
    const clients = makings.map((making) =>
      this.#madeClient(
        making,
        (makings.length > 1 && decidingCall(making)) || made,
        namesakes(making) > 1 ? ` by ${innerName(making)}` : '',
      ),
    )
    return clients.map((client, index) => ({
      calls: makings[index]!.calls,
      client: { ...client, guards: decidedByCallers(client, clients) },
    }))
  }

  /** `name` tells clients of one call apart. */
  #madeClient(making: Making, at: Made, name: string): Client {
    const { seen, made, calls } = making
    const sites = sentFirst(calls, this.survey.resolver).flatMap((call) => this.#sites.of(call, seen))
    const client = this.#fact(seen.library, at, this.#targetOf(seen, made), sites, this.#ownGuards(making))
    return {
      ...client,
      creation: sourceOf(made),
      symbol: client.symbol + name,
      pool: poolSizeOf(seen, made, this.survey.resolver),
    }
  }

  #ownGuards({ seen, made, calls }: Making): Guards {
    return this.#guards.ofClient(seen, made, calls)
  }

  #settingsOf(making: Making): Settings {
    const guards = this.#ownGuards(making)
    const target = this.#targetOf(making.seen, making.made)
    const isDelegated = Object.values(guards).some(({ state }) => state === 'delegated')
    return {
      key: JSON.stringify([guards, target.host, target.variable, target.name]),
      isSettled: !isDelegated && isKnown(target),
    }
  }

  /** Its own, else that of what it is made of: a pool knows the address of the database. */
  #targetOf(seen: ClientSeen, made: Made, depth = 0): Target {
    const { library, creation, given = [] } = seen
    const resolver = this.survey.resolver.under(given)
    const own = targetOf(
      creation?.target ?? [],
      creationArguments(creation, made, resolver),
      library,
      resolver,
    )
    if (isKnown(own) || depth >= MAX_BELOW) return own
    for (const inner of this.#givenTo(made)) {
      const below = this.survey.shapes.creationAt(inner)
      const target = below && this.#targetOf(below, inner, depth + 1)
      if (target && isKnown(target)) return target
    }
    return depth === 0 ? withVariable(own, variableOfSchema(seen, made, this.survey)) : own
  }

  #directClient(calls: OutboundCall[]): Client {
    const [first] = calls as [OutboundCall, ...OutboundCall[]]
    const { shape, node, client } = first
    const target = targetOf(shape.target, node.arguments, client.library, this.survey.resolver)
    const sites = calls.flatMap((call) => this.#sites.of(call, call.client))
    return this.#fact(client.library, node, target, sites, {})
  }

  #fact(library: Library, node: Made, target: Target, sites: CallSite[], own: Guards): Client {
    const { fileName } = node.getSourceFile()
    sites.sort((a, b) => compareSources(a.source, b.source))
    return {
      fact: 'client',
      source: sourceOf(node),
      creation: sourceOf(node),
      package: this.survey.modules.packageOf(fileName)?.folder ?? '',
      symbol: this.#namesakes.apart(`${fileName}#${symbolOf(node)}${assignedName(node)}`, library.id),
      library: library.id,
      libraryTitle: library.title,
      version: versionsOf(library, fileName, this.survey.modules),
      protocol: library.protocol ?? 'http',
      target,
      guards: worst(own, sites),
      calls: sites,
      pool: null,
    }
  }
}

/** What some callers give and others do not is missing at those others, not where the client is made for all of them. */
function decidedByCallers({ source, creation, guards }: Client, all: Client[]): Guards {
  return Object.fromEntries(
    Object.entries(guards).map(([pattern, guard]) => {
      const isAlike = all.every((other) => other.guards[pattern]?.state === guard.state)
      const isAtCreation = guard.source !== null && compareSources(guard.source, creation) === 0
      return [pattern, isAtCreation && !isAlike ? { ...guard, source } : guard]
    }),
  )
}
