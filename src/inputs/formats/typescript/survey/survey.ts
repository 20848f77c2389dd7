/** Goes over the candidate files once and collects what the facts are made of: clients, calls, wrappers, noteworthy nodes. */
import type { Library } from '../../../../knowledge/libraries.js'
import type { Modules } from '../modules/modules.js'
import { Resolver } from '../values/resolve.js'
import type { Given } from '../modules/resolved.js'
import type { LibraryThing, Made } from '../values/callees.js'
import type { ClientSeen } from './client-seen.js'
import { Implementations, isLeftOpen } from './implementations.js'
import { ReachedCalls } from './reached-calls.js'
import { Shapes } from './shapes.js'
import type { CallShape } from '../../../../knowledge/libraries.js'
import { isHandedToPage } from '../running/sides.js'
import { calleeName, isFunction, ts, type TS } from '../syntax/syntax.js'
import type { Uncalled } from '../running/uncalled.js'
import { notedIn, type Noted, type Store } from '../syntax/tree.js'

export interface OutboundCall {
  node: TS.CallExpression
  client: ClientSeen
  shape: CallShape
  method: string
  /** The calls of the project's own functions through which it is reached, the inner one first. */
  given?: readonly Given[]
}

/** For a message: `fetch`, or `send` (Resend). */
export function nameOfCall({ method, client: { library } }: OutboundCall): string {
  const isItself = ['', library.id, library.title].includes(method)
  return isItself ? `\`${library.title}\`` : `\`${method}\` (${library.title})`
}

type Own = Pick<Noted, 'made' | 'loops' | 'catches' | 'stores'>

/** A file with the nodes that the practices look at. */
export interface Surveyed extends Own {
  tree: TS.SourceFile
  calls: TS.CallExpression[]
}

export class Survey {
  readonly resolver: Resolver
  readonly shapes: Shapes
  readonly files: Surveyed[] = []
  readonly creations: ClientSeen[] = []
  readonly outbound: OutboundCall[] = []
  readonly wrappers: NonNullable<ReturnType<Shapes['wrapperAt']>>[] = []
  readonly #stores = new Map<string, Store[]>()
  /** Calls and `new` of what libraries give. */
  readonly ofLibraries: { made: Made; callee: LibraryThing }[] = []
  readonly #calls: TS.CallExpression[] = []
  readonly #byName = new Map<string, number[]>()
  readonly #newByName = new Map<string, TS.NewExpression[]>()
  readonly #outboundAt = new Map<TS.Node, OutboundCall>()
  readonly #reached = new ReachedCalls<OutboundCall>(
    (node) => this.outboundAt(node),
    (call) => this.calledBy(call).map(({ body }) => body!),
  )
  readonly #implementations: Implementations

  /**
   * `leading`: paths of the modules that use a library, themselves or by what they import; null when not known.
   * `uncalled`: null where it is not asked what is called.
   */
  constructor(
    readonly modules: Modules,
    libraries: Library[],
    leading: Set<string> | null,
    readonly uncalled: Uncalled | null,
  ) {
    this.resolver = new Resolver(modules)
    this.shapes = new Shapes(libraries, this.resolver, leading)
    this.#implementations = new Implementations(this.resolver, () => this.files.map(({ tree }) => tree))
  }

  add(tree: TS.SourceFile): void {
    const noted = ownNodes(notedIn(tree))
    this.files.push({ tree, calls: noted.made.filter((node) => ts.isCallExpression(node)), ...noted })
    for (const node of noted.made) this.#made(node)
    for (const node of noted.stores) push(this.#stores, node.left.name.text, node)
  }

  #made(node: Made): void {
    if (ts.isCallExpression(node)) push(this.#byName, calleeName(node), this.#calls.push(node) - 1)
    else push(this.#newByName, calleeName(node), node)
    if (this.shapes.callees.leadToNoLibrary(node.expression)) return
    const callee = this.shapes.callees.of(node)
    if (callee) this.ofLibraries.push({ made: node, callee })
    const creation = this.shapes.creationAt(node)
    if (creation && !creation.isEmbedded && !creation.creation?.handsOn) this.creations.push(creation)
    const wrapper = this.shapes.wrapperAt(node)
    if (wrapper) this.wrappers.push(wrapper)
    if (!ts.isCallExpression(node)) return
    const found = creation || wrapper ? null : this.shapes.callAt(node)
    if (!found) return
    const call = { node, ...found }
    this.outbound.push(call)
    this.#outboundAt.set(node, call)
  }

  /** All calls of functions and methods of a name, in their order. */
  callsNamed(name: string | RegExp): TS.CallExpression[] {
    const places = typeof name === 'string' ? (this.#byName.get(name) ?? []) : this.#placesOf(name)
    return places.map((place) => this.#calls[place]!)
  }

  #placesOf(pattern: RegExp): number[] {
    const named = [...this.#byName].flatMap(([name, places]) => (pattern.test(name) ? places : []))
    return named.sort((a, b) => a - b)
  }

  /** All `new` of a class of this name. */
  newNamed(name: string): TS.NewExpression[] {
    return this.#newByName.get(name) ?? []
  }

  /** Assignments such as `axios.defaults.timeout = 5000` to properties of these names. */
  assignmentsTo(names: string[]): Store[] {
    return names.flatMap((name) => this.#stores.get(name) ?? [])
  }

  outboundAt(node: TS.Node): OutboundCall | null {
    return this.#outboundAt.get(node) ?? null
  }

  /** The first outbound call of a kind in a piece of code, also through functions of the project that it calls. */
  reaches(node: TS.Node, wanted: (call: OutboundCall) => boolean = () => true): OutboundCall | null {
    return this.callsFrom(node).find(wanted) ?? null
  }

  /** Outbound calls in a piece of code, also through functions of the project that it calls. */
  callsFrom(node: TS.Node): OutboundCall[] {
    return this.#reached.from(node)
  }

  /** A piece of code, and the functions of the project that it calls on its way. */
  bodiesFrom(node: TS.Node): TS.Node[] {
    return this.#reached.bodies(node)
  }

  /** Outbound calls in the functions of the project that a call may call. */
  callsThrough(call: TS.CallExpression): OutboundCall[] {
    return this.calledBy(call).flatMap(({ body }) => this.#reached.from(body!))
  }

  /** The functions of the project, with bodies, that a call may call: one, or those that implement an interface or abstract class. */
  calledBy(call: TS.CallExpression): TS.FunctionLikeDeclaration[] {
    if (calleeName(call) === '' || this.shapes.callees.leadToNoLibrary(call.expression)) return []
    const callee = this.resolver.resolve(call.expression)
    const own = callee.kind === 'value' && isFunction(callee.node) ? callee.node : null
    if (own?.body && !isLeftOpen(own)) return [own]
    const implementing = this.#implementations.of(call)
    return implementing.length === 0 && own?.body ? [own] : implementing
  }
}

/** What is handed to a page in a browser runs there, not here. */
function ownNodes({ made, loops, catches, stores }: Noted): Own {
  const isOwn = (node: TS.Node): boolean => !isHandedToPage(node)
  return {
    made: made.filter(isOwn),
    loops: loops.filter(isOwn),
    catches: catches.filter(isOwn),
    stores: stores.filter(isOwn),
  }
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const items = map.get(key)
  if (items) items.push(item)
  else map.set(key, [item])
}
