/** The guards of a client and of each of its calls: what the library's facts say, and what stands around them. */
import type { Creation, Library } from '../../../knowledge/libraries.js'
import { creationArguments } from './creation-arguments.js'
import { plain } from './guard-values.js'
import { askedOf, judge, type Setting } from './guards.js'
import { chainedGuard, endsOn, listensFor } from './listeners.js'
import { isIntercepted, processWide } from './process-wide.js'
import type { ClientSeen, Made } from './shapes.js'
import type { OutboundCall, Survey } from './survey.js'
import { urlsOf } from './targets.js'
import { versionOf } from './versions.js'
import { merge, Wrappers, type Guards } from './wrappers.js'

/** Protocols whose calls a breaker or a rate limit would stand around. */
const REMOTE = ['http', 'grpc', 'saas', 'mail']

export class ClientGuards {
  readonly #wrappers: Wrappers

  constructor(readonly survey: Survey) {
    this.#wrappers = new Wrappers(survey.shapes, (library, made, options) =>
      this.#setting(library, made, options, null, []),
    )
    for (const seen of survey.wrappers) this.#wrappers.note(seen)
  }

  /** Of a client as it was made, whoever calls it. */
  ofClient(client: ClientSeen, made: Made): Guards {
    const { library } = client
    const guards = this.#ofLibrary(client, null)
    merge(guards, this.#wrappers.onClient(made))
    if (library.errorListener && holdsFor(library.errorListener.only, client))
      guards['client-error-listener'] = listensFor(library.errorListener, client, this.survey)
    return guards
  }

  ofCall(call: OutboundCall, client: ClientSeen): Guards {
    const guards = this.#ofLibrary(client, call)
    if (client.made) merge(guards, this.#wrappers.onClient(client.made))
    merge(guards, this.#wrappers.around(call.node))
    return guards
  }

  #ofLibrary(client: ClientSeen, call: OutboundCall | null): Guards {
    const { library } = client
    const guards: Guards = {}
    const setting = this.#setting(
      library,
      client.made ?? call?.node ?? null,
      client.creation?.options ?? [],
      call,
      client.creation?.target ?? [],
      client.creation,
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
    creation: Creation | null = null,
  ): Setting {
    const file = (made ?? call!.node).getSourceFile().fileName
    const args = made ? creationArguments(creation, made, this.survey.resolver) : []
    return {
      versions: versionOf(library, file, this.survey.modules),
      checked: library.checked,
      title: library.title,
      create: options.map((index) => args[index]),
      positional: [...args],
      call: call ? call.shape.options.map((index) => call.node.arguments[index]) : null,
      urls: made ? urlsOf(target, args, this.survey.resolver) : [],
      hasListener: (event) => call !== null && endsOn(call.node, event),
    }
  }
}

function holdsFor(only: string[] | undefined, client: ClientSeen): boolean {
  return only === undefined || only.includes(client.by)
}
