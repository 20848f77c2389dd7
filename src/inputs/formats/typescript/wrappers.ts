/** Guards that stand around a call: libraries such as opossum, Promise.race with a timer, wrappers of the project's own. */
import type { Guard } from '../../../facts/code.js'
import type { Library } from '../../../knowledge/libraries.js'
import { explicit, plain } from './guard-values.js'
import { askedOf, judge, type Setting } from './guards.js'
import type { Shapes, WrapperSeen } from './shapes.js'
import { bare, calleeName, isFunction, some, sourceOf, ts, type TS } from './syntax.js'

export type Guards = Record<string, Guard>

const TIMEOUTS = ['http-timeout', 'connect-timeout', 'redis-timeout', 'statement-timeout']
const GUARD_NAME = /timeout|deadline|retry|breaker|resilien|withpolicy/i

export class Wrappers {
  /** Functions given to a wrapper elsewhere: `new CircuitBreaker(callApi)`. */
  readonly #wrapped = new Map<TS.Node, WrapperSeen[]>()
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

  /** Guards of everything that encloses a call. */
  around(call: TS.Node): Guards {
    const guards: Guards = {}
    let inside: TS.Node = call
    for (let at = call.parent; at && !ts.isSourceFile(at); inside = at, at = at.parent) {
      if (isFunction(at)) {
        for (const seen of this.#wrapped.get(at) ?? []) merge(guards, this.#given(seen, 0))
        if (!at.parent || !ts.isCallExpression(at.parent)) return guards
      } else if (
        (ts.isCallExpression(at) || ts.isNewExpression(at)) &&
        at.arguments?.some((argument) => argument === inside)
      ) {
        merge(guards, this.#ofCall(at, inside))
      }
    }
    return guards
  }

  #ofCall(at: TS.CallExpression | TS.NewExpression, inside: TS.Node): Guards {
    const seen = this.shapes.wrapperAt(at)
    if (seen && at.arguments?.[seen.wrapper.wraps ?? -1] === inside) return this.#given(seen, 0)
    if (!ts.isCallExpression(at)) return {}
    const callee = bare(at.expression)
    const made = ts.isPropertyAccessExpression(callee)
      ? this.#wrapperOf(callee.expression)
      : this.#wrapperOf(callee)
    const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : ''
    if (made?.wrapper.execute.includes(method)) return this.#given(made, 0)
    return this.#ofProject(at, callee, inside)
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

  #ofProject(at: TS.CallExpression, callee: TS.Expression, inside: TS.Node): Guards {
    if (callee.getText() === 'Promise.race')
      return racesTimer(at, inside, this.shapes)
        ? timeouts(at, 'it races against a timer (which does not cancel it)')
        : {}
    const found = this.shapes.resolver.resolve(callee)
    if (found.kind === 'value' && isFunction(found.node) && found.node.body)
      return this.#ofFunction(at, found.node, callee)
    const name = calleeName(at)
    if (found.kind === 'global' || !GUARD_NAME.test(name)) return {}
    const guard = plain('unknown', `it runs through \`${name}\`, which could not be followed`)
    return Object.fromEntries(
      [...TIMEOUTS, 'http-retry', 'circuit-breaker'].map((pattern) => [pattern, guard]),
    )
  }

  #ofFunction(at: TS.CallExpression, node: TS.FunctionLikeDeclaration, callee: TS.Expression): Guards {
    const races = some(
      node,
      (inner) => ts.isPropertyAccessExpression(inner) && inner.getText() === 'Promise.race',
    )
    const timer = some(node, (inner) => ts.isCallExpression(inner) && calleeName(inner) === 'setTimeout')
    const guards: Guards = {}
    if (races && timer) merge(guards, timeouts(at, `\`${callee.getText()}\` races it against a timer`))
    const owner = node.parent && ts.isClassLike(node.parent) ? (node.parent.name?.text ?? '') : ''
    if (/breaker/i.test(owner) || /breaker/i.test(calleeName(at)))
      guards['circuit-breaker'] = {
        ...explicit(`\`${owner || calleeName(at)}\` of the project stands around it`),
        source: sourceOf(at),
      }
    if (/retry/i.test(calleeName(at)))
      guards['http-retry'] = {
        ...explicit(`\`${calleeName(at)}\` of the project stands around it`),
        source: sourceOf(at),
      }
    return guards
  }
}

function timeouts(at: TS.Node, reason: string): Guards {
  return Object.fromEntries(
    TIMEOUTS.map((pattern) => [pattern, { ...explicit(reason), source: sourceOf(at) }]),
  )
}

/** One of the other racers is a timer, made here, in a variable or by a function of the project. */
function racesTimer(race: TS.CallExpression, inside: TS.Node, shapes: Shapes): boolean {
  const [list] = race.arguments
  if (!list || !ts.isArrayLiteralExpression(list)) return false
  return list.elements.some((element) => {
    if (element === inside || hasTimer(element) || /timeout|timer|deadline/i.test(element.getText()))
      return element !== inside
    const found = shapes.resolver.resolve(element)
    const callee = ts.isCallExpression(element) ? shapes.resolver.resolve(element.expression) : null
    return (
      (found.kind === 'value' && hasTimer(found.node)) || (callee?.kind === 'value' && hasTimer(callee.node))
    )
  })
}

function hasTimer(node: TS.Node): boolean {
  return some(node, (at) => ts.isCallExpression(at) && calleeName(at) === 'setTimeout')
}

/** The best state wins: guards around a call add to each other. */
export function merge(into: Guards, more: Guards): void {
  const order = ['present', 'delegated', 'unknown', 'inert', 'absent']
  for (const [pattern, guard] of Object.entries(more)) {
    const known = into[pattern]
    if (!known || order.indexOf(guard.state) < order.indexOf(known.state)) into[pattern] = guard
  }
}
