/** Guards of a call from further out: from the uses of what it gives, and from the callers of the function it stands in. */
import type { Callers } from './callers.js'
import { Interceptors } from './interceptors.js'
import type { Survey } from './survey.js'
import { calleeName, ts, type TS } from './syntax.js'
import { scopeOf, usesOf } from './uses.js'
import { calledAround, inAll, merge, type Guards, type Wrappers } from './wrappers.js'

/** A caller of a caller of … */
const MAX_DEPTH = 3

export class GuardsAround {
  readonly #interceptors: Interceptors
  readonly #ofCallers = new Map<TS.FunctionLikeDeclaration, Guards>()

  constructor(
    survey: Survey,
    readonly wrappers: Wrappers,
    readonly callers: Callers,
  ) {
    this.#interceptors = new Interceptors(survey, wrappers)
  }

  of(node: TS.Node, depth = 0): Guards {
    const guards = this.wrappers.around(node)
    merge(guards, this.#atUses(node))
    const owner = calledAround(node)
    if (!owner) return guards
    merge(guards, this.#interceptors.around(owner))
    if (depth < MAX_DEPTH) merge(guards, this.#atCallers(owner, depth))
    return guards
  }

  /** What all callers put around it. Retries of a caller repeat more than the call, and are judged where they stand. */
  #atCallers(owner: TS.FunctionLikeDeclaration, depth: number): Guards {
    const known = this.#ofCallers.get(owner)
    if (known) return known
    this.#ofCallers.set(owner, {}) // ends recursion
    const guards = inAll(
      this.callers.of(owner).map((call) => {
        const around = this.of(call, depth + 1)
        return isObserved(call) ? around : withoutRetries(around)
      }),
    )
    this.#ofCallers.set(owner, guards)
    return guards
  }

  /** What all uses put around an observable or promise that is kept in a variable first. */
  #atUses(node: TS.Node): Guards {
    const declaration = keptIn(node)
    return declaration
      ? inAll(usesOf(declaration, scopeOf(declaration)).map((use) => this.wrappers.around(use)))
      : {}
  }
}

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
