/** What becomes of the failure of a call: whether a catch, a fallback or the answer of an endpoint ends its way outwards. */
import type { FailureFate } from '../../../../facts/code.js'
import { fallbackOn } from '../limits/breakers.js'
import { reachesCatch } from '../failures/reach/reaches-catch.js'
import { areAllSeen } from '../survey/all-callers.js'
import type { Callers } from '../survey/callers.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { calledAround } from '../survey/wrappers.js'
import { bare, calleeName, functionName, isFunction, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { functionOf } from '../survey/practice.js'
import { returnedBy } from '../syntax/assignments.js'
import { fateInClause, fateInHandler, isNothing } from './caught-fates.js'
import { isTakenForMiss } from './taken-for-misses.js'

/** Callers of callers, and calls that are looked at for one call: beyond them nothing is said. */
const MAX_DEPTH = 12
const MAX_CALLS = 100

const NOT_FOLLOWED: FailureFate = { is: 'unknown', places: [], why: 'its callers were not all followed' }

export class FailureFates {
  #fallbacks: Map<TS.Node, TS.CallExpression> | null = null
  #left = 0

  constructor(
    readonly survey: Survey,
    readonly callers: Callers,
  ) {}

  of(call: OutboundCall): FailureFate {
    this.#left = MAX_CALLS
    return this.#fate(call.node, call, [])
  }

  #fate(at: TS.CallExpression, call: OutboundCall, path: TS.Node[]): FailureFate {
    const owner = calledAround(at)
    let isCertain = true
    for (let inner: TS.Node = at; inner !== owner && inner.parent; inner = inner.parent) {
      const caught = this.#caughtAt(inner, at, call)
      if (caught && caught.is !== 'passed-on') return caught
      if (caught) isCertain &&= caught.always
    }
    const fate = owner ? this.#outside(owner, call, path) : handedOn([], 'no catch surrounds it')
    return isCertain || fate.is !== 'handed-on' ? fate : { ...fate, is: 'unknown' }
  }

  /** Null where nothing catches it there. */
  #caughtAt(
    inner: TS.Node,
    at: TS.CallExpression,
    call: OutboundCall,
  ): ReturnType<typeof fateInClause> | null {
    const { parent } = inner
    if (ts.isTryStatement(parent) && parent.tryBlock === inner && parent.catchClause) {
      return reachesCatch(this.survey, at, call, parent.tryBlock)
        ? this.#inClause(parent.catchClause, at)
        : { is: 'unknown', places: [sourceOf(parent.catchClause)], why: 'the try does not await it' }
    }
    const outer = ts.isPropertyAccessExpression(parent) && parent.expression === inner ? parent.parent : null
    if (!outer || !ts.isCallExpression(outer) || outer.expression !== parent) return null
    if (calleeName(outer) === 'catch') return fateInHandler(outer, this.survey)
    const isSettled = calleeName(outer) === 'then' && outer.arguments.length > 1
    return isSettled ? { is: 'unknown', places: [sourceOf(outer)], why: 'a second handler gets it' } : null
  }

  #inClause(clause: TS.CatchClause, at: TS.CallExpression): ReturnType<typeof fateInClause> {
    const fate = fateInClause(clause, at, this.survey)
    return fate.is === 'unknown' && isTakenForMiss(clause, this.callers)
      ? { ...fate, is: 'absorbed', why: 'it is treated as a miss, and the missing value is loaded' }
      : fate
  }

  /** Beyond the function that it leaves. */
  #outside(owner: TS.FunctionLikeDeclaration, call: OutboundCall, path: TS.Node[]): FailureFate {
    const fallback = this.#fallbackOf(owner)
    if (fallback)
      return this.#answersNothing(fallback)
        ? {
            is: 'unknown',
            places: [sourceOf(fallback)],
            why: 'the fallback returns nothing, and callers may distinguish that from a result',
          }
        : { is: 'absorbed', places: [sourceOf(fallback)], why: 'a fallback is returned instead' }
    if (path.includes(owner) || path.length >= MAX_DEPTH) return NOT_FOLLOWED
    const calls = this.callers.of(owner).filter((made) => ts.isCallExpression(made))
    if (calls.length === 0)
      return { is: 'unknown', places: [], why: `no caller was seen of \`${functionName(owner) || 'it'}\`` }
    if ((this.#left -= calls.length) < 0) return NOT_FOLLOWED
    const fates = calls.map((caller) => this.#fate(caller, call, [...path, owner]))
    const fate = joined(fates)
    if (fate.is !== 'absorbed' || areAllSeen(owner, this.callers)) return fate
    return {
      ...fate,
      is: 'unknown',
      why: `callers other than those seen may call \`${functionName(owner)}\``,
    }
  }

  #answersNothing(fallback: TS.CallExpression): boolean {
    const body = functionOf(this.survey, fallback.arguments[0])?.body
    const answers = body && (ts.isBlock(body) ? returnedBy(body) : [body])
    return !answers || answers.length === 0 || answers.some((answer) => isNothing(bare(answer)))
  }

  #fallbackOf(owner: TS.FunctionLikeDeclaration): TS.CallExpression | null {
    this.#fallbacks ??= this.#findFallbacks()
    return this.#fallbacks.get(owner) ?? null
  }

  #findFallbacks(): Map<TS.Node, TS.CallExpression> {
    const found = new Map<TS.Node, TS.CallExpression>()
    for (const { made, wrapper } of this.survey.wrappers) {
      const wrapped = wrapper.wraps === undefined ? undefined : made.arguments?.[wrapper.wraps]
      const fallback = wrapped && fallbackOn(this.survey, made)
      const value = fallback ? this.survey.resolver.resolve(wrapped) : null
      if (fallback && value?.kind === 'value' && isFunction(value.node)) found.set(value.node, fallback)
    }
    return found
  }
}

function handedOn(places: FailureFate['places'], why: string): FailureFate {
  return { is: 'handed-on', places, why }
}

/** One way outwards is enough to hand it on; where one is not known, the whole is not. */
function joined(fates: FailureFate[]): FailureFate {
  const decided =
    fates.find(({ is }) => is === 'handed-on') ?? fates.find(({ is }) => is === 'unknown') ?? fates[0]!
  return { ...decided, places: fates.flatMap(({ is, places }) => (is === decided.is ? places : [])) }
}
