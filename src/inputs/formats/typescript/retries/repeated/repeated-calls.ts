/** Outbound calls that a retry repeats: their failure, or that of something after them, gets to whoever tries again. */
import { leavesWithWord } from '../../syntax/leaving.js'
import type { Given } from '../../modules/resolved.js'
import { reached } from '../../values/conditions.js'
import { functionOf } from '../../survey/practice.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { ownThrowsIn } from '../../syntax/noted-nodes.js'
import { isFunction, some, ts, walk, type TS } from '../../syntax/syntax.js'
import { isAsynchronous } from '../../messages/unawaited-work.js'

const MAX_FUNCTIONS = 1000
/** Ways through one function: what it sends depends on who calls it. */
const MAX_WAYS = 8

/** But for those that arguments on the way exclude. `isFollowed`: something that may fail comes after the code. */
export function repeatedCalls(code: TS.Node, survey: Survey, isFollowed = false): OutboundCall[] {
  const found: OutboundCall[] = []
  const ways = new Map<TS.Node, number>()
  let left = MAX_FUNCTIONS
  const follow = (root: TS.Node, given: readonly Given[], outer: boolean): void => {
    if (left-- <= 0) return
    walk(root, (node) => {
      if (!ts.isCallExpression(node)) return true
      const followed = outer || mayFailAfter(node, root)
      if (!followed && isKeptFrom(root, node, survey)) return false
      const direct = survey.outboundAt(node)
      if (given.length > 0 && direct && isExcluded(node, root, given)) return true
      if (direct) found.push(given.length > 0 ? { ...direct, given } : direct)
      const of = direct ? null : functionOf(survey, node.expression)
      const count = of ? (ways.get(of) ?? 0) : 0
      if (!of?.body || count >= MAX_WAYS || given.some((one) => one.of === of)) return true
      if (given.length > 0 && isExcluded(node, root, given)) return true
      ways.set(of, count + 1)
      follow(of.body, [{ of, call: node }, ...given], followed)
      return true
    })
  }
  const isExcluded = (node: TS.Node, root: TS.Node, given: readonly Given[]): boolean =>
    reached(node, root, survey.resolver.under(given)) === 'no'
  follow(code, [], isFollowed)
  return found
}

/** Something that may fail stands behind a call, in the same piece of code. */
function mayFailAfter(call: TS.CallExpression, code: TS.Node): boolean {
  const mayFail = (node: TS.Node): boolean =>
    ts.isAwaitExpression(node) ||
    ts.isThrowStatement(node) ||
    (ts.isReturnStatement(node) && some(node, ts.isCallExpression, false))
  return some(code, (node) => node.pos >= call.end && mayFail(node), false)
}

/** A failure of the call ends before it leaves the code. */
function isKeptFrom(code: TS.Node, call: TS.CallExpression, survey: Survey): boolean {
  const { node, handlers } = chainOf(call)
  if (isDropped(node) && isAsynchronous(survey, call)) return true
  if (isUnused(node) && handlers.some((handler) => isSilent(handler, survey))) return true
  for (let at: TS.Node = call; at !== code && at.parent; at = at.parent) {
    const { parent } = at
    if (isFunction(at)) return false
    if (ts.isTryStatement(parent) && parent.tryBlock === at && parent.catchClause)
      if (isSilentClause(parent.catchClause)) return true
  }
  return false
}

interface Chain {
  node: TS.Node
  /** What is given to `catch`. */
  handlers: TS.Expression[]
}

/** `send().then(log).catch(report)` around `send()`. */
function chainOf(call: TS.CallExpression): Chain {
  let node: TS.Node = call
  const handlers: TS.Expression[] = []
  while (ts.isPropertyAccessExpression(node.parent) && ts.isCallExpression(node.parent.parent)) {
    const { name } = node.parent
    if (node.parent.expression !== node || !/^(then|catch|finally)$/.test(name.text)) break
    node = node.parent.parent
    const [handler] = (node as TS.CallExpression).arguments
    if (name.text === 'catch' && handler) handlers.push(handler)
  }
  return { node, handlers }
}

/** Waited for at most. */
function isUnused(node: TS.Node): boolean {
  return isDropped(ts.isAwaitExpression(node.parent) ? node.parent : node)
}

/** Nobody waits for it. */
function isDropped({ parent }: TS.Node): boolean {
  return ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)
}

function isSilent(handler: TS.Expression, survey: Survey): boolean {
  const body = functionOf(survey, handler)?.body
  return body !== undefined && ownThrowsIn(body).length === 0
}

/** It neither throws nor tells by what it returns or sets that something failed. */
function isSilentClause({ block }: TS.CatchClause): boolean {
  const tells = (node: TS.Node): boolean =>
    leavesWithWord(node) ||
    (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
  return !some(block, tells, false)
}
