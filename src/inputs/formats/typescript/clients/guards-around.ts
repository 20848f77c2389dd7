/** Guards of a call from further out: from the uses of what it gives, and from the callers of the function it stands in. */
import { CUT, type Callers } from '../survey/callers.js'
import { plain } from '../values/guard-values.js'
import { Interceptors } from './interceptors.js'
import { TIMEOUTS } from '../survey/project-wrappers.js'
import type { Survey } from '../survey/survey.js'
import { calleeName, ts, type TS } from '../syntax/syntax.js'
import { scopeOf, usesOf } from '../syntax/uses.js'
import { calledAround, inAll, merge, type Guards, type Wrappers } from '../survey/wrappers.js'

/** Callers above callers that are looked at for one call: far more than were seen. */
const MAX_OWNERS = 1000
/** A chain of callers that long is not followed to its end. */
const MAX_DEPTH = 100

export class GuardsAround {
  readonly #interceptors: Interceptors
  readonly #ofCallers = new Map<TS.FunctionLikeDeclaration, Guards>()
  /** The functions that are being looked at, the inner one first. */
  readonly #path = new Set<TS.FunctionLikeDeclaration>()
  /** The outermost function that a circle of calls led back to, by its place on the path. */
  #circle = Infinity
  #left = 0

  constructor(
    survey: Survey,
    readonly wrappers: Wrappers,
    readonly callers: Callers,
  ) {
    this.#interceptors = new Interceptors(survey, wrappers)
  }

  of(node: TS.Node): Guards {
    this.#left = MAX_OWNERS
    return this.#around(node) ?? this.wrappers.around(node)
  }

  /** Null where only a circle of calls leads to it, which is judged by who enters it. */
  #around(node: TS.Node): Guards | null {
    const guards = this.wrappers.around(node)
    merge(guards, this.#atUses(node))
    const owner = calledAround(node)
    if (!owner) return guards
    merge(guards, this.#interceptors.around(owner))
    const atCallers = this.#atCallers(owner)
    if (atCallers) merge(guards, atCallers)
    return atCallers && guards
  }

  /** What all callers put around it. Retries of a caller repeat more than the call, and are judged where they stand. */
  #atCallers(owner: TS.FunctionLikeDeclaration): Guards | null {
    const known = this.#ofCallers.get(owner)
    if (known) return known
    if (--this.#left < 0 || this.#path.size >= MAX_DEPTH) return NOT_FOLLOWED
    const place = this.#path.size
    const outer = this.#circle
    this.#circle = Infinity
    this.#path.add(owner)
    const guards = this.#inAllCalls(owner)
    this.#path.delete(owner)
    // What was found on the way of a circle holds for the whole of it only.
    if (guards && this.#circle >= place && this.#left >= 0) this.#ofCallers.set(owner, guards)
    this.#circle = Math.min(outer, this.#circle >= place ? Infinity : this.#circle)
    return guards
  }

  #inAllCalls(owner: TS.FunctionLikeDeclaration): Guards | null {
    let shared: Guards | null = null
    const calls = this.callers.of(owner)
    for (const call of calls) {
      const caller = calledAround(call)
      const place = caller ? [...this.#path].indexOf(caller) : -1
      // One that is on the way itself adds nothing: who called it first is looked at.
      if (place >= 0) {
        this.#circle = Math.min(this.#circle, place)
        continue
      }
      const around = this.#around(call)
      if (!around) continue
      const here = isObserved(call) ? around : withoutRetries(around)
      shared = inAll(shared ? [shared, here] : [here])
      if (Object.keys(shared).length === 0) return {}
    }
    return shared ?? (calls.length > 0 ? null : {})
  }

  /** What all uses put around an observable or promise that is kept in a variable first. */
  #atUses(node: TS.Node): Guards {
    const declaration = keptIn(node)
    return declaration
      ? inAll(usesOf(declaration, scopeOf(declaration)).map((use) => this.wrappers.around(use)))
      : {}
  }
}

/** Something may stand around what was not followed to its end. */
const NOT_FOLLOWED: Guards = Object.fromEntries(
  [...TIMEOUTS, 'circuit-breaker'].map((pattern) => [pattern, plain('unknown', CUT)]),
)

function withoutRetries(guards: Guards): Guards {
  return Object.fromEntries(Object.entries(guards).filter(([pattern]) => !/retry/.test(pattern)))
}

/** `load().pipe(…)`: what the function gives is an observable, which the call is part of. */
function isObserved(call: TS.Node): boolean {
  const { parent } = call
  return ts.isPropertyAccessExpression(parent) && parent.name.text === 'pipe'
}

/** The variable that a call is the value of, also behind its `pipe`; what was waited for is no longer bounded there. */
function keptIn(node: TS.Node): TS.VariableDeclaration | null {
  let at = node
  while (ts.isPropertyAccessExpression(at.parent) && ts.isCallExpression(at.parent.parent)) {
    if (calleeName(at.parent.parent) !== 'pipe') return null
    at = at.parent.parent
  }
  const { parent } = at
  return ts.isVariableDeclaration(parent) && parent.initializer === at && ts.isIdentifier(parent.name)
    ? parent
    : null
}
