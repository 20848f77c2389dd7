/** Goes over the candidate files once and collects what the facts are made of: clients, calls, wrappers, noteworthy nodes. */
import type { Library } from '../../../../knowledge/libraries.js'
import type { Modules } from '../modules/modules.js'
import { Resolver } from '../values/resolve.js'
import type { Given } from '../modules/resolved.js'
import type { ClientSeen } from './client-seen.js'
import { Shapes } from './shapes.js'
import type { CallShape } from '../../../../knowledge/libraries.js'
import { isHandedToPage } from '../running/sides.js'
import { calleeName, isFunction, ts, walk, type TS } from '../syntax/syntax.js'
import type { Uncalled } from '../running/uncalled.js'
import { notedIn, type Assignment, type Noted } from '../syntax/tree.js'

const MAX_DEPTH = 5
const MAX_REACHED = 60

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

/** A file with the nodes that the practices look at. */
export interface Surveyed extends Noted {
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
  readonly #assignments = new Map<string, Assignment[]>()
  readonly #byName = new Map<string, TS.CallExpression[]>()
  readonly #outboundAt = new Map<TS.Node, OutboundCall>()
  /** With the depth from which it was looked for: from a lesser one more may be found. */
  readonly #reached = new Map<TS.Node, { depth: number; calls: OutboundCall[] }>()

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
  }

  add(tree: TS.SourceFile): void {
    const noted = ownNodes(notedIn(tree))
    this.files.push({ tree, calls: noted.made.filter((node) => ts.isCallExpression(node)), ...noted })
    for (const node of noted.made) this.#made(node)
    for (const node of noted.assignments) push(this.#assignments, node.left.name.text, node)
  }

  #made(node: TS.CallExpression | TS.NewExpression): void {
    if (ts.isCallExpression(node)) push(this.#byName, calleeName(node), node)
    if (this.shapes.callees.leadToNoLibrary(node.expression)) return
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

  /** All calls of a function or method of this name. */
  callsNamed(name: string): TS.CallExpression[] {
    return this.#byName.get(name) ?? []
  }

  /** Assignments such as `axios.defaults.timeout = 5000` to properties of these names. */
  assignmentsTo(names: string[]): Assignment[] {
    return names.flatMap((name) => this.#assignments.get(name) ?? [])
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
    return this.#reachedFrom(node, 0)
  }

  #reachedFrom(node: TS.Node, depth: number): OutboundCall[] {
    const known = this.#reached.get(node)
    if (known && known.depth <= depth) return known.calls
    const reached: OutboundCall[] = []
    this.#reached.set(node, { depth, calls: reached }) // ends recursion
    walk(node, (at) => {
      if (!ts.isCallExpression(at) || reached.length >= MAX_REACHED) return
      const direct = this.#outboundAt.get(at)
      if (direct) reached.push(direct)
      else if (depth < MAX_DEPTH) reached.push(...this.callsThrough(at, depth))
    })
    return reached
  }

  /** Outbound calls in the function of the project that a call calls. */
  callsThrough(call: TS.CallExpression, depth = 0): OutboundCall[] {
    if (calleeName(call) === '' || this.shapes.callees.leadToNoLibrary(call.expression)) return []
    const callee = this.resolver.resolve(call.expression)
    if (callee.kind !== 'value' || !isFunction(callee.node) || !callee.node.body) return []
    return this.#reachedFrom(callee.node.body, depth + 1)
  }
}

/** What is handed to a page in a browser runs there, not here. */
function ownNodes({ made, loops, catches, assignments }: Noted): Noted {
  const isOwn = (node: TS.Node): boolean => !isHandedToPage(node)
  return {
    made: made.filter(isOwn),
    loops: loops.filter(isOwn),
    catches: catches.filter(isOwn),
    assignments: assignments.filter(isOwn),
  }
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const items = map.get(key)
  if (items) items.push(item)
  else map.set(key, [item])
}
