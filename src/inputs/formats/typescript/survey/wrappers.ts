/** Guards that stand around a call: libraries such as opossum, Promise.race with a timer, wrappers of the project's own. */
import type { Guard } from '../../../../facts/code.js'
import type { Library } from '../../../../knowledge/libraries.js'
import { askedOf, judge, type Setting } from './guards.js'
import { ofDecorator, ofProject } from './project-wrappers.js'
import type { Made } from '../values/callees.js'
import type { Shapes, WrapperSeen } from './shapes.js'
import { usesOf } from '../syntax/uses.js'
import { bare, calleeName, isFunction, sourceOf, ts, type TS } from '../syntax/syntax.js'

export type Guards = Record<string, Guard>

export class Wrappers {
  /** Functions given to a wrapper elsewhere: `new CircuitBreaker(callApi)`. */
  readonly #wrapped = new Map<TS.Node, WrapperSeen[]>()
  readonly #inFunctions = new Map<TS.ParameterDeclaration, Guards>()
  /** Wrappers attached to the module of a library itself: `axiosRetry(axios)`. */
  readonly #onModules: { library: Library; seen: WrapperSeen }[] = []

  constructor(
    readonly shapes: Shapes,
    readonly settingOf: (
      library: Library,
      made: TS.CallExpression | TS.NewExpression,
      options: number[],
    ) => Setting,
  ) {}

  /** Notes a wrapper whose function stands elsewhere. */
  note(seen: WrapperSeen): void {
    const argument = seen.wrapper.wraps === undefined ? undefined : seen.made.arguments?.[seen.wrapper.wraps]
    if (!argument) return
    const target =
      ts.isCallExpression(argument) &&
      calleeName(argument) === 'bind' &&
      ts.isPropertyAccessExpression(argument.expression)
        ? argument.expression.expression
        : argument
    const found = this.shapes.resolver.resolve(target)
    const client = this.shapes.clientOf(target)
    if (client?.through === 'module') this.#onModules.push({ library: client.library, seen })
    const node = client?.made ?? (found.kind === 'value' && isFunction(found.node) ? found.node : null)
    if (node) this.#wrapped.set(node, [...(this.#wrapped.get(node) ?? []), seen])
  }

  /** Guards attached to a client itself: `axiosRetry(client)`. */
  onClient(made: TS.Node): Guards {
    return Object.assign({}, ...(this.#wrapped.get(made) ?? []).map((seen) => this.#given(seen, 0)))
  }

  /** Guards attached to the module of a library, in files that `sees` says count. */
  onModule(library: Library, sees: (at: TS.Node) => boolean): Guards {
    const attached = this.#onModules.filter((each) => each.library === library && sees(each.seen.made))
    return Object.assign({}, ...attached.map(({ seen }) => this.#given(seen, 0)))
  }

  /** Guards of everything that encloses a call, up to the function that others call. */
  around(call: TS.Node): Guards {
    const guards: Guards = {}
    let inside: TS.Node = call
    for (let at = call.parent; at && !ts.isSourceFile(at); inside = at, at = at.parent) {
      if (isFunction(at)) {
        for (const seen of this.#wrapped.get(at) ?? []) merge(guards, this.#given(seen, 0))
        for (const decorator of decoratorsOf(at)) merge(guards, this.#ofDecorator(decorator))
        if (!isArgument(at)) return guards
      } else if (ts.isCallExpression(at) || ts.isNewExpression(at)) {
        for (const operator of operatorsBehind(at, inside)) merge(guards, this.#ofOperator(operator))
        if (at.arguments?.some((argument) => argument === inside))
          merge(guards, this.#ofCall(at, inside, call))
      }
    }
    return guards
  }

  /** `timeout(100)` of `call$.pipe(timeout(100))`. */
  #ofOperator(operator: TS.Expression): Guards {
    const seen = ts.isCallExpression(operator) ? this.shapes.wrapperAt(operator) : null
    return seen?.wrapper.operator ? this.#given(seen, 0) : {}
  }

  #ofDecorator(decorator: Made): Guards {
    const seen = this.shapes.wrapperAt(decorator)
    return seen ? this.#given(seen, 0) : ofDecorator(decorator, this.shapes)
  }

  #ofCall(at: TS.CallExpression | TS.NewExpression, inside: TS.Node, call: TS.Node): Guards {
    const seen = this.shapes.wrapperAt(at)
    if (seen && at.arguments?.[seen.wrapper.wraps ?? -1] === inside) return this.#given(seen, 0)
    if (!ts.isCallExpression(at)) return {}
    const callee = bare(at.expression)
    const made = ts.isPropertyAccessExpression(callee)
      ? this.#wrapperOf(callee.expression)
      : this.#wrapperOf(callee)
    const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : ''
    if (made?.wrapper.execute.includes(method)) return this.#given(made, 0)
    const guards = ofProject(at, inside, call, this.shapes)
    merge(guards, this.#inFunction(at, inside))
    return guards
  }

  /** What a function of the project puts around all uses of the callback or promise that it is given. */
  #inFunction(at: TS.CallExpression, inside: TS.Node): Guards {
    const found = this.shapes.resolver.resolve(at.expression)
    const owner = found.kind === 'value' && isFunction(found.node) ? found.node : null
    const parameter = owner?.parameters[at.arguments.findIndex((argument) => argument === inside)]
    if (!parameter || !ts.isIdentifier(parameter.name)) return {}
    const known = this.#inFunctions.get(parameter)
    if (known) return known
    this.#inFunctions.set(parameter, {}) // ends recursion
    const guards = inAll(usesOf(parameter, owner!).map((use) => this.around(use)))
    this.#inFunctions.set(parameter, guards)
    return guards
  }

  #wrapperOf(expression: TS.Expression): WrapperSeen | null {
    const found = this.shapes.resolver.resolve(expression)
    const made =
      found.kind === 'value' && (ts.isCallExpression(found.node) || ts.isNewExpression(found.node))
        ? found.node
        : null
    return made && this.shapes.wrapperAt(made)
  }

  #given({ wrapper, made, library }: WrapperSeen, depth: number): Guards {
    const guards: Guards = {}
    if (wrapper.combines && depth < 4) {
      for (const argument of made.arguments ?? []) {
        const inner = this.#wrapperOf(argument)
        if (inner) merge(guards, this.#given(inner, depth + 1))
      }
    }
    const setting = this.settingOf(library, made, wrapper.options)
    const own: Guards = {}
    for (const [pattern, facts] of Object.entries(wrapper.gives)) {
      const guard = judge(facts, setting, this.shapes.resolver)
      own[pattern] = { ...guard, source: guard.source ?? sourceOf(made) }
    }
    return { ...guards, ...askedOf(own, wrapper.gives) }
  }
}

/** The best state wins: guards around a call add to each other. */
export function merge(into: Guards, more: Guards): void {
  const order = ['present', 'delegated', 'unknown', 'inert', 'absent']
  for (const [pattern, guard] of Object.entries(more)) {
    const known = into[pattern]
    if (!known || order.indexOf(guard.state) < order.indexOf(known.state)) into[pattern] = guard
  }
}

/** The guards that are present in all of several places; unknown where that is not known of one of them. */
export function inAll(all: Guards[]): Guards {
  const [first = {}, ...others] = all
  return Object.fromEntries(
    Object.entries(first).flatMap(([pattern, guard]) => {
      const guards = [guard, ...others.flatMap((other) => other[pattern] ?? [])]
      const stands = guards.every(({ state }) => state === 'present' || state === 'unknown')
      if (guards.length < all.length || !stands) return []
      return [[pattern, guards.find(({ state }) => state === 'unknown') ?? guard]]
    }),
  )
}

/** The function that others call to reach a place: callbacks belong to where they are given. */
export function calledAround(node: TS.Node): TS.FunctionLikeDeclaration | null {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at) && !isArgument(at)) return at
  return null
}

/** Given to a call or to a promise, or called at once: `(async () => { … })()`. */
function isArgument(node: TS.Node): boolean {
  let at = node
  while (at.parent && ts.isParenthesizedExpression(at.parent)) at = at.parent
  const { parent } = at
  if (parent === undefined) return false
  return (
    ts.isCallExpression(parent) || (ts.isNewExpression(parent) && parent.expression.getText() === 'Promise')
  )
}

function decoratorsOf(node: TS.FunctionLikeDeclaration): Made[] {
  if (!ts.isMethodDeclaration(node)) return []
  return (ts.getDecorators(node) ?? []).flatMap(({ expression }) =>
    ts.isCallExpression(expression) ? [expression] : [],
  )
}

/** Those of `inside.pipe(…)`, or those that follow it among the operators of a pipe. */
function operatorsBehind(at: Made, inside: TS.Node): readonly TS.Expression[] {
  if (!ts.isCallExpression(at) || calleeName(at) !== 'pipe') return []
  if (at.expression === inside) return at.arguments
  const index = at.arguments.findIndex((argument) => argument === inside)
  return index < 0 ? [] : at.arguments.slice(index + 1)
}
