/** Recognises what libraries.yaml describes: the making of clients, calls on them, and wrappers around calls. */
import { nameMatches, type CallShape, type Library, type Wrapper } from '../../../../knowledge/libraries.js'
import { Callees, type LibraryThing, type Made } from '../values/callees.js'
import { DeclaredTypes } from '../values/declared-types.js'
import { derivedClient, derives, isMember, isNew, saidBy, shapeFor } from './call-shapes.js'
import type { Resolved } from '../modules/resolved.js'
import type { Resolver } from '../values/resolve.js'
import type { ClientSeen, Recognition } from './client-seen.js'
import { clientOfClass } from './class-clients.js'
import { isEmbedded } from './embedded-clients.js'
import { FetchClients } from './fetch-clients.js'
import { handleOf, isHandedOut } from './handles.js'
import { clientBehind } from './stand-ins.js'
import { clientDeclared, clientOfParameter } from './typed-clients.js'
import { bare, isFunction, LISTENING, ts, type TS } from '../syntax/syntax.js'

export interface WrapperSeen {
  library: Library
  wrapper: Wrapper
  made: Made
}

const MAX_DEPTH = 10

export class Shapes implements Recognition {
  readonly #byModule = new Map<string, Library[]>()
  readonly #byPattern: { pattern: string; library: Library }[] = []
  readonly #byGlobal = new Map<string, Library>()
  readonly #transactions: Set<string>
  readonly #fetchClients: FetchClients
  readonly callees: Callees
  readonly declaredTypes: DeclaredTypes
  /** Libraries whose messages a call says to be done. */
  readonly acking: Library[]
  /** Libraries whose servers wait for slow requests. */
  readonly slowRequests: Library[]
  /** Libraries whose writers are told when the reader cannot keep up. */
  readonly filling: Library[]

  constructor(
    readonly libraries: Library[],
    readonly resolver: Resolver,
    leading: Set<string> | null,
  ) {
    this.callees = new Callees(resolver, leading)
    this.declaredTypes = new DeclaredTypes(resolver.modules, leading)
    this.#fetchClients = new FetchClients(
      resolver,
      libraries.find(({ standsFor }) => standsFor === 'fetch') ?? null,
      (call) => this.callAt(call) !== null,
    )
    for (const library of libraries) {
      for (const name of library.imports) {
        if (name.includes('*')) this.#byPattern.push({ pattern: name, library })
        else this.#byModule.set(name, [...(this.#byModule.get(name) ?? []), library])
      }
      for (const name of library.globals) this.#byGlobal.set(name, library)
    }
    this.filling = libraries.filter(({ fills }) => fills !== undefined)
    this.slowRequests = libraries.filter(({ slowRequests }) => slowRequests !== undefined)
    this.acking = libraries.filter(({ acks }) => acks.length > 0)
    this.#transactions = new Set(
      libraries.flatMap(({ transactions }) => transactions.map((known) => known.split('.').at(-1)!)),
    )
  }

  /** Whether some library knows a transaction of this name. */
  isTransaction(method: string): boolean {
    return this.#transactions.has(method)
  }

  librariesOf(module: string): Library[] {
    let found = this.#byModule.get(module)
    if (!found) {
      found = this.#byPattern.flatMap(({ pattern, library }) =>
        nameMatches(pattern, module) ? [library] : [],
      )
      this.#byModule.set(module, found)
    }
    return found
  }

  /** The client that a call or `new` makes, if it makes one. */
  creationAt(made: Made): ClientSeen | null {
    const callee = this.callees.of(made)
    if (callee === null) return ts.isNewExpression(made) ? this.#ofProject(made) : null
    for (const library of this.librariesOf(callee.module)) {
      for (const creation of library.creates) {
        const names = isNew(made) ? creation.new : creation.call
        if (!isHandedOut(callee, made, library) && names.some((name) => nameMatches(name, callee.path)))
          return {
            library,
            made,
            creation,
            by: callee.path,
            through: 'creation',
            isEmbedded: isEmbedded(creation, made, this.resolver),
          }
      }
    }
    return null
  }

  /** An object of a class of the project that sends through `fetch`. */
  #ofProject(made: TS.NewExpression): ClientSeen | null {
    return this.callees.leadToNoLibrary(made.expression) ? null : this.#fetchClients.madeBy(made)
  }

  wrapperAt(made: Made): WrapperSeen | null {
    const callee = this.callees.of(made)
    if (callee === null) return null
    for (const library of this.librariesOf(callee.module)) {
      for (const wrapper of library.wraps) {
        const names = ts.isNewExpression(made) ? wrapper.new : wrapper.call
        if (names.some((name) => nameMatches(name, callee.path))) return { library, wrapper, made }
      }
    }
    return null
  }

  /** The client that an expression stands for, or belongs to (`prisma.user`). */
  clientOf(expression: TS.Expression, depth = 0): ClientSeen | null {
    if (depth > MAX_DEPTH) return null
    const node = bare(expression)
    const found = this.resolver.resolve(node)
    const isElsewhere = found.kind === 'value' && found.node !== node
    const direct =
      this.ofResolved(found, isElsewhere ? depth + 1 : depth) ??
      clientDeclared(node, found, this) ??
      clientBehind(node, found, this, depth)
    if (direct) return direct
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const ofLibrary = found.kind === 'library' && !found.path.includes('()')
      return ofLibrary ? null : this.clientOf(node.expression, depth + 1)
    }
    return null
  }

  ofResolved(found: Resolved, depth = 0): ClientSeen | null {
    if (depth > MAX_DEPTH) return null
    if (found.kind === 'library') return this.#module(found) ?? handleOf(found, this)
    if (found.kind === 'global') return this.#global(found.name)
    if (found.kind === 'parameter') return clientOfParameter(found, this, depth)
    if (found.kind === 'instance') return clientOfClass(found, this)
    if (found.kind !== 'value') return null
    if (!ts.isCallExpression(found.node) && !ts.isNewExpression(found.node)) return null
    const made = this.creationAt(found.node) ?? handleOf(this.callees.of(found.node), this)
    if (made) return found.given ? { ...made, given: found.given } : made
    const reshaped = this.#reshaped(found.node, depth)
    return reshaped ?? (ts.isCallExpression(found.node) ? this.#derived(found.node, depth) : null)
  }

  /** The client given to a function or class that only gives it another shape. */
  #reshaped(made: Made, depth: number): ClientSeen | null {
    const callee = this.callees.of(made)
    const given = made.arguments?.[0]
    if (callee === null || !given) return null
    const isOne = this.librariesOf(callee.module).some(({ reshapes }) => reshapes.includes(callee.path))
    return isOne ? this.clientOf(given, depth + 1) : null
  }

  #module(found: LibraryThing): ClientSeen | null {
    if (found.path !== '') return null
    const library = this.librariesOf(found.module).find(({ direct }) => direct)
    return library ? { library, made: null, creation: null, by: '', through: 'module' } : null
  }

  #global(name: string): ClientSeen | null {
    const library = this.#byGlobal.get(name)
    return library ? { library, made: null, creation: null, by: '', through: 'module' } : null
  }

  /** `kafka.producer()` is the client that `kafka` is, and `client.on('error', log)` the client itself. */
  #derived(call: TS.CallExpression, depth: number): ClientSeen | null {
    const callee = bare(call.expression)
    if (!ts.isPropertyAccessExpression(callee)) return null
    // What is written as one chain ends by itself; only what is followed elsewhere may go in circles.
    const base = this.clientOf(callee.expression, ts.isCallExpression(callee.expression) ? depth : depth + 1)
    if (!base) return null
    const method = callee.name.text
    if (base.library.errorListener && LISTENING.includes(method)) return base
    return derives(base.library, method) ? derivedClient(base, method, call) : null
  }

  /** The outbound call that a call expression is, if it is one. */
  callAt(call: TS.CallExpression): { client: ClientSeen; shape: CallShape; method: string } | null {
    const callee = bare(call.expression)
    const whole = this.clientOf(callee)
    const itself =
      whole && (whole.made !== null || whole.parameter !== undefined || this.#standsAlone(callee))
        ? shapeFor(whole.library, '')
        : null
    if (whole && itself && !isMember(callee, whole.library) && !this.#isBelow(callee, whole))
      return { client: whole, shape: itself, method: whole.library.id }
    const found = this.resolver.resolve(callee)
    if (found.kind === 'value' && isFunction(found.node) && !this.#isOfFetchClass(found.node)) return null
    const direct = found.kind === 'library' ? (this.#directCall(found) ?? this.#takenOut(found)) : null
    if (direct) return direct
    if (!ts.isPropertyAccessExpression(callee)) return null
    const client = this.clientOf(callee.expression)
    if (!client || client.isEmbedded) return null
    const shape = shapeFor(client.library, callee.name.text)
    return shape ? { client, shape, method: saidBy(shape, callee.name.text, client) } : null
  }

  #isOfFetchClass({ parent }: TS.FunctionLikeDeclaration): boolean {
    return ts.isClassLike(parent) && this.#fetchClients.has(parent)
  }

  /** `api.interceptors.request.use` is reached through the client and does not call it. */
  #isBelow(callee: TS.Expression, { made }: ClientSeen): boolean {
    return (
      made !== null &&
      ts.isPropertyAccessExpression(callee) &&
      this.clientOf(callee.expression)?.made === made
    )
  }

  #standsAlone(callee: TS.Expression): boolean {
    const found = this.resolver.resolve(callee)
    if (found.kind === 'parameter') {
      const given = found.path.length === 0 ? found.node.initializer : found.fallback
      return given !== undefined && this.#standsAlone(given)
    }
    if (found.kind === 'global') return this.#byGlobal.has(found.name)
    return found.kind === 'library' && found.path === ''
  }

  /** `const { get } = axios.create()`: a method of the client under a name of its own. */
  #takenOut(found: LibraryThing): { client: ClientSeen; shape: CallShape; method: string } | null {
    const made = found.of ? this.creationAt(found.of) : null
    const client = made && found.given ? { ...made, given: found.given } : made
    const method = found.path.split('().').at(-1)!
    const shape = client && shapeFor(client.library, method)
    return shape ? { client, shape, method } : null
  }

  #directCall(found: LibraryThing): { client: ClientSeen; shape: CallShape; method: string } | null {
    for (const library of this.librariesOf(found.module)) {
      const shape = library.direct ? shapeFor(library, found.path) : null
      if (shape)
        return {
          client: { library, made: null, creation: null, by: '', through: 'module' },
          shape,
          method: found.path || library.id,
        }
    }
    return null
  }
}
