/** Turns what the survey saw into Client facts: one per made client, or per file and target for direct calls. */
import type { CallSite, Client, Guard, Target } from '../../../facts/code.js'
import { compareText } from '../../../facts/source.js'
import type { Library } from '../../../knowledge/libraries.js'
import { plain } from './guard-values.js'
import { askedOf, judge, type Setting } from './guards.js'
import { chainedGuard, endsOn, listensFor } from './listeners.js'
import { isIntercepted, processWide } from './process-wide.js'
import type { ClientSeen, Made } from './shapes.js'
import type { OutboundCall, Survey } from './survey.js'
import { sourceOf, symbolOf, type TS } from './syntax.js'
import { targetOf, urlsOf } from './targets.js'
import { versionOf } from './versions.js'
import { merge, Wrappers, type Guards } from './wrappers.js'

const WORST_FIRST: Guard['state'][] = ['absent', 'inert', 'unknown', 'delegated', 'present']
/** Protocols whose calls a breaker or a rate limit would stand around. */
const REMOTE = ['http', 'grpc', 'saas', 'mail']

export function clientFacts(survey: Survey): Client[] {
  const builder = new Builder(survey)
  return builder.build()
}

class Builder {
  readonly #wrappers: Wrappers

  constructor(readonly survey: Survey) {
    this.#wrappers = new Wrappers(survey.shapes, (library, made, options) =>
      this.#setting(library, made, options, null, []),
    )
    for (const seen of survey.wrappers) this.#wrappers.note(seen)
  }

  build(): Client[] {
    const made = new Map<Made, { seen: ClientSeen; calls: OutboundCall[] }>()
    for (const seen of this.survey.creations)
      if (seen.made && seen.library.protocol && !this.#isOnTop(seen.made))
        made.set(seen.made, { seen, calls: [] })
    const direct = new Map<string, OutboundCall[]>()
    for (const call of this.survey.outbound) {
      const key = call.client.made ?? this.#soleMaker(call)
      const known = key && made.get(key)
      if (known) known.calls.push(call)
      else if (call.client.through === 'module') push(direct, this.#directKey(call), call)
    }
    return [
      ...[...made.values()].map(({ seen, calls }) => this.#madeClient(seen, calls)),
      ...[...direct.values()].map((calls) => this.#directClient(calls)),
    ]
  }

  /** A client known by its type only belongs to the one its package makes, when there is exactly one. */
  #soleMaker(call: OutboundCall): Made | null {
    if (call.client.through !== 'type') return null
    const folder = this.#folder(call.node)
    const makers = this.survey.creations.filter(
      ({ library, made }) => library === call.client.library && made && this.#folder(made) === folder,
    )
    return makers.length === 1 ? makers[0]!.made : null
  }

  /** Made of another client, which is judged by itself: an adapter around a pool. */
  #isOnTop(made: Made): boolean {
    return (made.arguments ?? []).some((argument) => {
      const client = this.survey.shapes.clientOf(argument)
      return client !== null && client.made !== null && client.made !== made
    })
  }

  #directKey(call: OutboundCall): string {
    const target = targetOf(call.shape.target, call.node.arguments, call.client.library, this.survey.resolver)
    const file = call.node.getSourceFile().fileName
    return [
      file,
      call.client.library.id,
      target.host ?? target.variable ?? target.name ?? target.text ?? '',
    ].join('\n')
  }

  #madeClient(seen: ClientSeen, calls: OutboundCall[]): Client {
    const made = seen.made!
    const { library } = seen
    const target = targetOf(seen.creation?.target ?? [], made.arguments ?? [], library, this.survey.resolver)
    const sites = calls.map((call) => this.#site(call, seen))
    const own = this.#guards(library, seen, null)
    merge(own, this.#wrappers.onClient(made))
    if (library.errorListener && holdsFor(library.errorListener.only, seen))
      own['client-error-listener'] = listensFor(library.errorListener, seen, this.survey)
    return this.#fact(library, made, target, sites, own)
  }

  #directClient(calls: OutboundCall[]): Client {
    const [first] = calls as [OutboundCall, ...OutboundCall[]]
    const target = targetOf(
      first.shape.target,
      first.node.arguments,
      first.client.library,
      this.survey.resolver,
    )
    return this.#fact(
      first.client.library,
      first.node,
      target,
      calls.map((call) => this.#site(call, call.client)),
      {},
    )
  }

  #fact(
    library: Library,
    node: TS.CallExpression | TS.NewExpression,
    target: Target,
    sites: CallSite[],
    own: Guards,
  ): Client {
    const { fileName } = node.getSourceFile()
    sites.sort(
      (a, b) =>
        compareText(a.source.path, b.source.path) ||
        a.source.line - b.source.line ||
        a.source.column - b.source.column,
    )
    return {
      fact: 'client',
      source: sourceOf(node),
      package: this.#folder(node),
      symbol: `${fileName}#${symbolOf(node)}`,
      library: library.id,
      version: versionOf(library, fileName, this.survey.modules),
      protocol: library.protocol ?? 'http',
      target,
      guards: worst(own, sites),
      calls: sites,
    }
  }

  #site(call: OutboundCall, client: ClientSeen): CallSite {
    const guards = this.#guards(client.library, client, call)
    if (client.made) merge(guards, this.#wrappers.onClient(client.made))
    merge(guards, this.#wrappers.around(call.node))
    return {
      source: sourceOf(call.node),
      method: call.method,
      symbol: symbolOf(call.node),
      guards: sorted(guards),
    }
  }

  #guards(library: Library, client: ClientSeen, call: OutboundCall | null): Guards {
    const guards: Guards = {}
    const setting = this.#setting(
      library,
      client.made ?? call?.node ?? null,
      client.creation?.options ?? [],
      call,
      client.creation?.target ?? [],
    )
    if (!client.made) setting.create = []
    for (const [pattern, facts] of Object.entries(library.guards)) {
      if (!holdsFor(facts.only, client)) continue
      const chained = call && chainedGuard(call.node, facts.chained)
      const at = call?.node ?? client.made
      const set = at && processWide(facts.setters, library, at, this.survey)
      guards[pattern] = chained ?? set ?? judge(facts, setting, this.survey.resolver)
      if (client.made && guards[pattern].state === 'absent' && isIntercepted(client, this.survey)) {
        guards[pattern] = plain('unknown', 'an interceptor of the client sets a timeout or signal')
      }
    }
    const asked = askedOf(guards, library.guards)
    if (REMOTE.includes(library.protocol ?? ''))
      asked['circuit-breaker'] = plain(
        'absent',
        `no circuit breaker stands around the calls of ${library.title}`,
      )
    return asked
  }

  #setting(
    library: Library,
    made: Made | null,
    options: number[],
    call: OutboundCall | null,
    target: { option?: string; argument?: number }[],
  ): Setting {
    const file = (made ?? call!.node).getSourceFile().fileName
    const args = made?.arguments ?? []
    return {
      version: versionOf(library, file, this.survey.modules),
      checked: library.checked,
      title: library.title,
      create: options.map((index) => args[index]),
      positional: [...args],
      call: call ? call.shape.options.map((index) => call.node.arguments[index]) : null,
      urls: made ? urlsOf(target, args, this.survey.resolver) : [],
      hasListener: (event) => call !== null && endsOn(call.node, event),
    }
  }

  #folder(node: TS.Node): string {
    return this.survey.modules.packageOf(node.getSourceFile().fileName)?.folder ?? ''
  }
}

function holdsFor(only: string[] | undefined, client: ClientSeen): boolean {
  return only === undefined || only.includes(client.by)
}

/** Over the call sites, the worst; of a client without calls, what it was made with. Guards that no call can change come from the client. */
function worst(own: Guards, sites: CallSite[]): Guards {
  const guards: Guards = {}
  for (const site of sites) {
    for (const [pattern, guard] of Object.entries(site.guards)) {
      const known = guards[pattern]
      if (!known || WORST_FIRST.indexOf(guard.state) < WORST_FIRST.indexOf(known.state))
        guards[pattern] = guard
    }
  }
  return sorted({ ...own, ...guards })
}

function sorted(guards: Guards): Guards {
  return Object.fromEntries(Object.entries(guards).sort(([a], [b]) => compareText(a, b)))
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  map.set(key, [...(map.get(key) ?? []), item])
}
