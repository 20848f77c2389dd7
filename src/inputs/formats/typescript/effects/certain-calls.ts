/** Which of the outbound calls that code leads to are made for what it gives: `attach({ file })` does not reach `if ('url' in given)`. */
import { allOf, reached, type Truth } from '../values/conditions.js'
import type { Given } from '../modules/resolved.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { ts, walk, type TS } from '../syntax/syntax.js'

const MAX_CALLS = 60
/** Each leads to at least one of the calls, unless they are left out. */
const MAX_FOLLOWED = 600

export interface LedTo {
  call: OutboundCall
  /** `no` where the arguments on the way exclude it. */
  truth: Truth
  /** The calls of functions of the project through which it is reached, the inner one first. */
  through: readonly TS.Node[]
}

/** For a piece of code, the nodes in it that are not looked into. */
type LeftOut = (code: TS.Node) => (node: TS.Node) => boolean

/** Those that are wanted, the certain ones first, those that are excluded last. */
export function callsLedTo(
  survey: Survey,
  root: TS.Node,
  wanted: (call: OutboundCall) => boolean,
  leftOut: LeftOut = () => () => false,
): LedTo[] {
  const calls: LedTo[] = []
  let followed = 0
  const leads = (of: TS.FunctionLikeDeclaration, given: readonly Given[]): boolean =>
    !given.some((one) => one.of === of) &&
    survey.reaches(of.body!, wanted) !== null &&
    ++followed <= MAX_FOLLOWED
  const follow = (code: TS.Node, given: readonly Given[], outer: Truth): void => {
    const resolver = survey.resolver.under(given)
    const isLeftOut = leftOut(code)
    walk(code, (node) => {
      if (isLeftOut(node)) return false
      if (!ts.isCallExpression(node) || calls.length >= MAX_CALLS) return
      const call = survey.outboundAt(node)
      if (call && !wanted(call)) return
      const leading = call ? [] : survey.calledBy(node).filter((of) => leads(of, given))
      if (!call && leading.length === 0) return
      const truth = allOf([outer, reached(node, code, resolver)])
      if (call) calls.push({ call, truth, through: given.map(({ call }) => call) })
      for (const of of leading) follow(of.body!, [{ of, call: node }, ...given], truth)
    })
  }
  follow(root, [], 'yes')
  const order: Truth[] = ['yes', 'delegated', 'unknown', 'no']
  return calls.sort((a, b) => order.indexOf(a.truth) - order.indexOf(b.truth))
}
