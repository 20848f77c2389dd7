/** Under which paths routes stand: `app.use('/health', router)`, also through routers that are mounted in others. */
import { findOption } from '../values/options.js'
import { distinct, pathEndOf, WHOLE_ROOT, type PathEnd, joined, UNKNOWN_PATH } from '../values/path-ends.js'
import type { Resolved } from '../modules/resolved.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, isFunction, ts, type TS } from '../syntax/syntax.js'

/** Routers in routers in routers, each under several paths, stand under more than anybody asks. */
const MAX_PATHS = 64

interface Mount {
  at: PathEnd
  on: TS.Expression
}

const MOUNTS = /^(use|register|route)$/

export class Mounts {
  readonly #mounts = new Map<TS.Node, Mount[]>()
  readonly #under = new Map<TS.Node, PathEnd[]>()

  constructor(readonly survey: Survey) {
    for (const call of survey.callsNamed(MOUNTS)) this.#note(call)
  }

  /** The paths before those of routes that are registered on it. */
  of(receiver: TS.Expression): PathEnd[] {
    const found = this.survey.resolver.resolve(receiver)
    if (found.kind === 'parameter') {
      const plugin = this.#mounts.get(found.node.parent)
      return plugin ? this.#before(plugin, found.node.parent) : [placeByName(receiver)]
    }
    if (found.kind !== 'value') return [found.kind === 'unknown' ? placeByName(receiver) : WHOLE_ROOT]
    const own = this.#ownPrefix(found.node)
    const mounts = this.#mounts.get(found.node)
    const before = mounts
      ? this.#before(mounts, found.node)
      : [this.#isRouter(found.node) ? UNKNOWN_PATH : WHOLE_ROOT]
    return before.map((path) => joined(path, own))
  }

  #before(mounts: Mount[], node: TS.Node): PathEnd[] {
    const known = this.#under.get(node)
    if (known) return known
    this.#under.set(node, [UNKNOWN_PATH]) // ends circles
    const paths = distinct(mounts.flatMap(({ at, on }) => this.of(on).map((path) => joined(path, at))))
    const found = paths.length > MAX_PATHS ? [UNKNOWN_PATH] : paths
    this.#under.set(node, found)
    return found
  }

  #note(call: TS.CallExpression): void {
    if (!ts.isPropertyAccessExpression(call.expression)) return
    const on = call.expression.expression
    const { paths, mounted } = this.#partsOf(call)
    for (const argument of mounted)
      for (const node of this.#nodesOf(argument)) {
        const known = this.#mounts.get(node) ?? []
        this.#mounts.set(node, [...known, ...paths.map((at) => ({ at, on }))])
      }
  }

  #partsOf(call: TS.CallExpression): { paths: PathEnd[]; mounted: TS.Expression[] } {
    const [first, ...rest] = call.arguments
    if (!first) return { paths: [], mounted: [] }
    if (rest.length > 0 && this.#isPath(bare(first)))
      return { paths: this.#pathsOf(bare(first)), mounted: rest }
    const at = calleeName(call) === 'register' ? this.#prefixIn(rest) : WHOLE_ROOT
    return { paths: [at], mounted: [first, ...rest] }
  }

  /** Several may be given: `app.use(['/health', '/status'], router)`. */
  #pathsOf(first: TS.Expression): PathEnd[] {
    const all = ts.isArrayLiteralExpression(first) ? first.elements : [first]
    return all.map((path) => pathEndOf(path, this.survey.resolver))
  }

  /** A path, or what may be one; what handles requests is a function, a router or made by a library. */
  #isPath(first: TS.Expression): boolean {
    if (ts.isArrayLiteralExpression(first)) return first.elements.some((one) => this.#isPath(bare(one)))
    const found = this.survey.resolver.resolve(first)
    if (found.kind === 'instance' || this.#isMounted(found)) return false
    return !(found.kind === 'value' && (isFunction(found.node) || ts.isClassLike(found.node)))
  }

  #isMounted(found: Resolved): boolean {
    if (found.kind !== 'value' || !(ts.isCallExpression(found.node) || ts.isNewExpression(found.node)))
      return false
    const made = this.survey.resolver.resolve(found.node.expression)
    return (
      this.#isRouter(found.node) || (made.kind === 'library' && !/^(node:)?(path|url)\b/.test(made.module))
    )
  }

  /** Koa hands `router.routes()` over. */
  #nodesOf(argument: TS.Expression): TS.Node[] {
    const node = bare(argument)
    if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((one) => this.#nodesOf(one))
    const isRoutes = ts.isCallExpression(node) && /^(routes|middleware)$/.test(calleeName(node))
    const router =
      isRoutes && ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : node
    const found = this.survey.resolver.resolve(router)
    return [found, ...(found.or ?? [])].flatMap((one) => (one.kind === 'value' ? [one.node] : []))
  }

  /** `new Router({ prefix: '/health' })`. */
  #ownPrefix(node: TS.Node): PathEnd {
    return this.#isRouter(node)
      ? this.#prefixIn([...((node as TS.NewExpression).arguments ?? [])])
      : WHOLE_ROOT
  }

  #prefixIn(options: TS.Expression[]): PathEnd {
    const found = findOption(options, 'prefix', this.survey.resolver)
    if (found.state === 'found')
      return ts.isExpression(found.value) ? pathEndOf(found.value, this.survey.resolver) : UNKNOWN_PATH
    return found.state === 'none' ? WHOLE_ROOT : UNKNOWN_PATH
  }

  /** What serves nothing until it is mounted. */
  #isRouter(node: TS.Node): boolean {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false
    const made = this.survey.resolver.resolve(node.expression)
    if (made.kind === 'library' && /router/i.test(`${made.module}.${made.path}`)) return true
    return /Router$/.test(node.expression.getText())
  }
}

/** Of what could not be followed its name must do. */
function placeByName(receiver: TS.Expression): PathEnd {
  return /router$/i.test(receiver.getText()) ? UNKNOWN_PATH : WHOLE_ROOT
}
