/** Clients that callers hand in: `new Orders(redis)` for `constructor(private readonly cache: Redis)`. */
import type { Callers } from '../survey/callers.js'
import type { Made } from '../values/callees.js'
import { givenFor, type Resolved } from '../modules/resolved.js'
import type { Shapes } from '../survey/shapes.js'
import { bare, isFunction, ts, walk, type TS } from '../syntax/syntax.js'
import { usesOf } from '../syntax/uses.js'

/** A caller that hands on what it is given by a caller … */
const MAX_DEPTH = 4

export class HandedClients {
  readonly #given = new Map<TS.ParameterDeclaration, Map<string, Made[]>>()

  constructor(
    readonly shapes: Shapes,
    readonly callers: Callers,
  ) {}

  /** What makes the client that an expression is, or the clients that callers hand in for it. */
  makersOf(expression: TS.Expression, depth = 0): Made[] {
    const found = this.shapes.resolver.resolve(expression)
    const client = this.shapes.clientOf(expression)
    if (client?.made) return [...new Set([client.made, ...this.#alternatives(found)])]
    if (client?.parameter) return this.givenFor(client.parameter, client.path, depth)
    return found.kind === 'parameter' ? this.givenFor(found.node, found.path, depth) : []
  }

  /** Where a condition decides which client it is. */
  #alternatives({ or = [] }: Resolved): Made[] {
    return or.flatMap((one) => this.shapes.ofResolved(one)?.made ?? [])
  }

  /** `path`: the names behind the parameter that lead to the client. Looked up once for each: many calls go through one parameter. */
  givenFor(parameter: TS.ParameterDeclaration, path: string[] = [], depth = 0): Made[] {
    if (depth > MAX_DEPTH) return []
    const known = this.#given.get(parameter) ?? new Map<string, Made[]>()
    this.#given.set(parameter, known)
    const key = [depth, ...path].join('.')
    const given = known.get(key) ?? this.#givenBy(parameter, path, depth)
    known.set(key, given)
    return given
  }

  #givenBy(parameter: TS.ParameterDeclaration, path: string[], depth: number): Made[] {
    const of = parameter.parent
    if (!isFunction(of)) return []
    const makers = this.callers.of(of).flatMap((call) => {
      const argument = givenFor(parameter, [{ of, call }])
      return argument === null || argument === 'nothing' ? [] : this.#behind(argument, path, depth)
    })
    return [...new Set(makers)]
  }

  /** The objects that an argument is, or that callers hand in for it. */
  objectsOf(argument: TS.Expression, depth = 0): TS.ObjectLiteralExpression[] {
    const found = this.shapes.resolver.resolve(argument)
    const node = found.kind === 'value' ? found.node : bare(argument)
    if (ts.isObjectLiteralExpression(node)) return [node]
    const of = found.kind === 'parameter' && found.path.length === 0 ? found.node.parent : null
    if (!of || !isFunction(of) || depth > MAX_DEPTH) return []
    return this.callers.of(of).flatMap((call) => {
      const given = givenFor((found as Resolved & { kind: 'parameter' }).node, [{ of, call }])
      return given === null || given === 'nothing' ? [] : this.objectsOf(given, depth + 1)
    })
  }

  #behind(argument: TS.Expression, path: string[], depth: number): Made[] {
    if (path.length === 0) return this.makersOf(argument, depth + 1)
    const { resolver } = this.shapes
    const found = path.reduce((of, name) => resolver.member(of, name), resolver.resolve(argument))
    const made = this.shapes.ofResolved(found)?.made
    if (made) return [made]
    return found.kind === 'parameter' ? this.givenFor(found.node, found.path, depth + 1) : []
  }

  /** Whether a client gets where it is not followed: into a library, out of a function, or into a list. */
  isOutOfSight(made: Made): boolean {
    if (this.#leaves(made, 0)) return true
    const uses = this.callers.madeIn(made.getSourceFile()).filter((other) => other !== made)
    return uses.some((call) =>
      (call.arguments ?? []).some(
        (argument, index) =>
          argument !== made && this.shapes.clientOf(argument)?.made === made && this.#isLost(call, index, 0),
      ),
    )
  }

  /** An argument is lost but for one of a function or class of the project that keeps it to itself. */
  #isLost(call: Made, index: number, depth: number): boolean {
    const owner = this.callers.calledBy(call)
    const parameter = owner?.parameters[index]
    if (!owner?.body || !parameter || !ts.isIdentifier(parameter.name) || depth > MAX_DEPTH) return true
    const uses: TS.Node[] = usesOf(parameter, owner)
    if (ts.isParameterPropertyDeclaration(parameter, owner))
      uses.push(...fieldUses(owner, parameter.name.text))
    return uses.some((use) => this.#leaves(use, depth))
  }

  #leaves(use: TS.Node, depth: number): boolean {
    const { parent } = use
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      const index = parent.arguments?.findIndex((argument) => argument === use) ?? -1
      return index >= 0 && this.#isLost(parent, index, depth + 1)
    }
    return ts.isReturnStatement(parent) ? depth === 0 : LEADS_AWAY.some((is) => is(parent))
  }
}

/** Where what stands in them is not followed further. */
const LEADS_AWAY: ((node: TS.Node) => boolean)[] = [
  (node) => ts.isArrayLiteralExpression(node),
  (node) => ts.isShorthandPropertyAssignment(node),
  (node) => ts.isSpreadElement(node),
]

/** `this.cache` of a parameter that is a field. */
function fieldUses(owner: TS.FunctionLikeDeclaration, name: string): TS.Node[] {
  const uses: TS.Node[] = []
  walk(owner.parent, (node) => {
    if (ts.isPropertyAccessExpression(node) && node.name.text === name) uses.push(node)
  })
  return uses
}
