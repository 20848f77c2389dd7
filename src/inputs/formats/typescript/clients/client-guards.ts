/** The guards of a client and of each of its calls: what the library's facts say, and what stands around them. */
import { addressesSeen } from '../values/address-settings.js'
import { callOptions, readingOptions } from '../survey/call-options.js'
import type { Guard } from '../../../../facts/code.js'
import type { GuardFacts } from '../../../../knowledge/libraries/guards.js'
import { isSetAtCreation, type Creation, type Library } from '../../../../knowledge/libraries.js'
import type { Callers } from '../survey/callers.js'
import { clientBelow, unlessBelow } from '../survey/client-below.js'
import { creationArguments } from '../survey/creation-arguments.js'
import { effectOf } from '../effects/effects.js'
import { plain } from '../values/guard-values.js'
import { GuardsAround } from './guards-around.js'
import { askedOf, judge, type Setting } from '../survey/guards.js'
import { ErrorListeners } from './error-listeners.js'
import { HandedClients } from './handed-clients.js'
import { chainedGuard, chainedMethods, endsOn } from '../values/listeners.js'
import { ManagedClients } from './managed-clients.js'
import { TIMEOUTS } from '../survey/project-wrappers.js'
import { SqlSettings } from './sql-settings.js'
import { inProduction } from './production-guards.js'
import { probesApart, unlessOnlyProbed } from './probe-calls.js'
import { processWide } from './process-wide.js'
import { withCancelling } from './cancelling.js'
import { withEffects } from '../effects/repeated-effects.js'
import { interceptedGuard } from './request-interceptors.js'
import type { Resolver } from '../values/resolve.js'
import type { Made } from '../values/callees.js'
import type { ClientSeen } from '../survey/client-seen.js'
import type { TS } from '../syntax/syntax.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { sourceOf } from '../syntax/syntax.js'
import { unlessSignalled } from './signals-elsewhere.js'
import { urlsOf } from '../values/targets.js'
import { withStake } from './unawaited-calls.js'
import { versionsOf } from '../modules/versions.js'
import { waits } from './waiting-calls.js'
import { merge, Wrappers, type Guards } from '../survey/wrappers.js'

/** Protocols whose calls a breaker or a rate limit would stand around. */
const REMOTE = ['http', 'grpc', 'saas', 'mail']

export class ClientGuards {
  readonly #wrappers: Wrappers
  readonly #around: GuardsAround
  readonly #managed: ManagedClients
  readonly #listeners: ErrorListeners
  readonly #settings: SqlSettings

  constructor(
    readonly survey: Survey,
    readonly callers: Callers,
  ) {
    this.#wrappers = new Wrappers(survey.shapes, (library, made, options) =>
      this.#setting(survey.resolver, library, made, options, null, []),
    )
    for (const seen of survey.wrappers) this.#wrappers.note(seen)
    this.#around = new GuardsAround(survey, this.#wrappers, callers)
    const handed = new HandedClients(survey.shapes, callers)
    this.#managed = new ManagedClients(survey, handed)
    this.#settings = new SqlSettings(survey)
    this.#listeners = new ErrorListeners(survey, handed)
  }

  /** Of a client as it was made; `calls` are those that go through it. */
  ofClient(client: ClientSeen, made: Made, calls: OutboundCall[]): Guards {
    const { library } = client
    const guards = this.#asked(this.#ofLibrary(client, null), client, made, calls)
    merge(guards, this.#wrappers.onClient(made))
    // Nothing is repeated before something is called.
    delete guards['retry-idempotency']
    if (library.errorListener && holdsFor(library.errorListener.only, client))
      Object.assign(guards, this.#listens(library.errorListener, made))
    return inProduction(unlessSignalled(guards, client, made, calls, this.survey), made, this.survey)
  }

  #listens(errors: NonNullable<Library['errorListener']>, made: Made): Guards {
    const pattern = errors.ends ? 'client-error-listener' : 'client-error-log'
    const own = this.#listeners.of(errors, made)
    const manager = own.state !== 'present' && this.#managed.managerOf(made, pattern)
    return { [pattern]: manager ? plain('delegated', `${manager} listens`) : own }
  }

  /** A client that only waits on purpose is not asked for a bound; what manages it decides for one that makes no calls itself. */
  #asked(guards: Guards, client: ClientSeen, made: Made, calls: OutboundCall[]): Guards {
    const { library } = client
    const entries = Object.entries(guards).filter(([pattern]) => {
      const facts = library.guards[pattern]
      if (!facts || calls.length === 0) return facts?.ofCalls !== true
      return !calls.every((call) => waits(call, facts, this.survey.resolver))
    })
    if (calls.length > 0)
      return Object.fromEntries(
        entries.map(([pattern, guard]) => [pattern, unlessOnlyProbed(guard, library.guards[pattern], calls)]),
      )
    return Object.fromEntries(
      entries.map(([pattern, guard]) => {
        return [pattern, this.#managed.guardOf(client, made, pattern, guard)]
      }),
    )
  }

  /** What is written for a call and its client, and the defaults of the library: without what stands around it. */
  writtenFor(call: OutboundCall, client: ClientSeen): Guards {
    return this.#ofLibrary(client, call)
  }

  ofCall(call: OutboundCall, client: ClientSeen): Guards {
    const guards = this.#ofLibrary(client, call)
    const written = { ...guards }
    if (client.made) merge(guards, this.#wrappers.onClient(client.made))
    merge(guards, boundingOf(this.#around.of(call.node), written))
    const onModule = this.#wrappers.onModule(client.library, (at) => this.#isInPackageOf(at, call.node))
    if (client.through === 'module') merge(guards, onModule)
    else this.#missed(guards, onModule, call)
    const staked = withStake(guards, call.node, this.callers)
    const effective = withEffects(withCancelling(staked, written), call, this.survey)
    return probesApart(inProduction(effective, call.node, this.survey), call)
  }

  /** Retries attached to a module that nothing calls were meant for the instances made by it, which do not inherit them. */
  #missed(guards: Guards, onModule: Guards, call: OutboundCall): void {
    const retry = onModule['http-retry']
    if (retry?.state !== 'present' || guards['http-retry']?.state !== 'absent') return
    const { title } = call.client.library
    const isCalled = this.survey.outbound.some(
      ({ client, node }) =>
        client.library === call.client.library &&
        client.through === 'module' &&
        this.#isInPackageOf(node, call.node),
    )
    if (isCalled) return
    const reason = `the retries are attached to ${title} itself, and an instance created by \`create\` does not inherit them`
    guards['http-retry'] = { ...plain('inert', reason), source: retry.source }
  }

  #isInPackageOf(node: TS.Node, other: TS.Node): boolean {
    const { modules } = this.survey
    return (
      modules.packageOf(node.getSourceFile().fileName) === modules.packageOf(other.getSourceFile().fileName)
    )
  }

  #ofLibrary(client: ClientSeen, call: OutboundCall | null): Guards {
    const { library } = client
    const guards: Guards = {}
    const outer = this.survey.resolver.under([...(call?.given ?? []), ...(client.given ?? [])])
    const resolver = call ? readingOptions(call, outer) : outer
    const setting = this.#setting(
      resolver,
      library,
      client.made ?? call?.node ?? null,
      client.creation?.options ?? [],
      call,
      client.creation?.target ?? [],
      client.creation,
    )
    if (!client.made) setting.create = []
    const below = clientBelow(client.creation, setting, resolver, this.survey.shapes)
    for (const [pattern, facts] of Object.entries(library.guards)) {
      if (!holdsFor(facts.only, client) || (call && waits(call, facts, resolver))) continue
      const chained = call && chainedGuard(call.node, facts, resolver)
      const at = call?.node ?? client.made
      const set = at && processWide(facts, library, at, this.survey)
      guards[pattern] = chained ?? set ?? unlessBelow(judge(facts, setting, resolver), below)
      const isOpen = guards[pattern].state === 'absent' || guards[pattern].state === 'unknown'
      const intercepted = at && isOpen ? interceptedGuard(facts, client, at, this.survey) : null
      if (intercepted) guards[pattern] = intercepted
      const partly = at && guards[pattern].state === 'absent' ? this.#settings.guard(facts, at) : null
      guards[pattern] = partly ?? placed(unlessDerived(guards[pattern], facts, client, call), facts, client)
    }
    const asked = askedOf(guards, library.guards)
    if (REMOTE.includes(library.protocol ?? ''))
      asked['circuit-breaker'] = plain('absent', `no circuit breaker wraps the calls of ${library.title}`)
    return asked
  }

  #setting(
    resolver: Resolver,
    library: Library,
    made: Made | null,
    options: number[],
    call: OutboundCall | null,
    target: { option?: string; argument?: number }[],
    creation: Creation | null = null,
  ): Setting {
    const { survey } = this
    const file = (made ?? call!.node).getSourceFile().fileName
    const args = made ? creationArguments(creation, made, resolver) : []
    return {
      versions: versionsOf(library, file, this.survey.modules),
      checked: library.checked,
      title: library.title,
      create: options.map((index) => args[index]),
      positional: [...args],
      call: call ? callOptions(call, resolver) : null,
      derivations: call?.client.derivations ?? [],
      addresses: () =>
        made ? addressesSeen(urlsOf(target, args, resolver), library, file, survey.modules, resolver) : [],
      hasListener: (event) => call !== null && endsOn(call.node, event),
      // Found only where it matters, because callers are looked at for it.
      get hasEffect() {
        return call !== null && effectOf(call, survey)?.kind === 'seen'
      },
    }
  }
}

/** Of what stands around a call the timeouts that are asked of it: a race around a GET bounds no statement. */
function boundingOf(around: Guards, written: Guards): Guards {
  const isAsked = ([pattern]: [string, Guard]): boolean => !TIMEOUTS.includes(pattern) || pattern in written
  return Object.fromEntries(Object.entries(around).filter(isAsked))
}

/** What only the making of a client can give is missing there, not at its calls; of the project's own clients the making tells. */
function placed(guard: Guard, facts: GuardFacts, { made, library }: ClientSeen): Guard {
  const isOfMaking = isSetAtCreation(facts) || library.standsFor !== undefined
  const isMissingThere = guard.state === 'absent' && guard.source === null && isOfMaking
  return made && isMissingThere ? { ...guard, source: sourceOf(made) } : guard
}

/** A method by which the client that is called, or kept, was derived may have given it. */
function unlessDerived(
  guard: Guard,
  { derivedBy }: GuardFacts,
  { made }: ClientSeen,
  call: OutboundCall | null,
): Guard {
  if (guard.state !== 'absent' || derivedBy.length === 0) return guard
  const methods = call ? (call.client.derivedBy ?? []) : made ? chainedMethods(made) : []
  const method = methods.findLast((name) => derivedBy.includes(name))
  return method ? plain('unknown', `\`.${method}()\` may set it: does it bound the call?`) : guard
}

function holdsFor(only: string[] | undefined, client: ClientSeen): boolean {
  return only === undefined || only.includes(client.by)
}
