/** Ways on which work comes back to where it was started, and whether only a failure or the end of a connection leads there. */
import { codeWords } from '../../../knowledge/code-words.js'
import { functionOf } from './practice.js'
import type { Survey } from './survey.js'
import { bare, calleeName, isFunction, LISTENING, textOf, ts, walk, type TS } from './syntax.js'

/** Calls through calls that are followed, and functions looked at for one place. */
const MAX_DEPTH = 4
const MAX_FUNCTIONS = 80

interface Step {
  root: TS.Node
  isFailure: boolean
  depth: number
}

/**
 * True where work that starts at `root` comes back to `target`, and only where something failed; a daemon comes back anyway.
 * `skips`: what is not gone through, such as timers.
 */
export function comesBackOnFailure(
  root: TS.Node,
  target: TS.Node,
  survey: Survey,
  skips: (node: TS.Node) => boolean = () => false,
): boolean {
  const ways = waysTo(root, target, survey, skips)
  return ways.length > 0 && ways.every((isFailure) => isFailure)
}

/** Of each way from `root` to `target` whether a failure is on it. */
function waysTo(
  root: TS.Node,
  target: TS.Node,
  survey: Survey,
  skips: (node: TS.Node) => boolean,
): boolean[] {
  const ways: boolean[] = []
  const seen = { plain: new Set<TS.Node>(), failing: new Set<TS.Node>() }
  const left: Step[] = [{ root, isFailure: false, depth: 0 }]
  for (let step = left.shift(); step; step = left.shift()) {
    const { root: from, isFailure, depth } = step
    walk(from, (node) => {
      if (node === target) ways.push(isFailure || isInFailure(node, from))
      if (skips(node)) return false
      if (!ts.isCallExpression(node) || depth >= MAX_DEPTH || node === target) return true
      const fails = isFailure || isInFailure(node, from)
      const known = fails ? seen.failing : seen.plain
      const body = known.size < MAX_FUNCTIONS ? functionOf(survey, node.expression)?.body : undefined
      if (!body || known.has(body)) return true
      known.add(body)
      left.push({ root: body, isFailure: fails, depth: depth + 1 })
      return true
    })
  }
  return ways
}

/** Whether a node is reached only after a failure, or when a connection ends. */
export function isInFailure(node: TS.Node, within: TS.Node): boolean {
  for (let at = node; at !== within && at.parent; at = at.parent) {
    if (ts.isCatchClause(at) || isEnd(at)) return true
    if (isFunction(at) && isHandlerOf(at, 'catch')) return true
  }
  return false
}

/** The branch of a condition, or the listener, that runs when a connection ends. */
export function isEnd(at: TS.Node): boolean {
  const { parent } = at
  if (isFunction(at)) return isEndListener(at)
  return ts.isIfStatement(parent) && parent.thenStatement === at && saysEnd(parent.expression)
}

/** `connection === 'close'` */
function saysEnd(condition: TS.Expression): boolean {
  const node = bare(condition)
  if (!ts.isBinaryExpression(node)) return false
  if (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return saysEnd(node.left) || saysEnd(node.right)
  const isEqual = node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken
  return isEqual && ts.isStringLiteralLike(node.right) && codeWords().connectionEnds.test(node.right.text)
}

/** `socket.on('close', listener)`, `socket.onclose = listener`. */
function isEndListener(listener: TS.FunctionLikeDeclaration): boolean {
  const { parent } = listener
  if (ts.isCallExpression(parent)) {
    const [event] = parent.arguments
    const isListening =
      LISTENING.includes(calleeName(parent)) && parent.arguments.includes(listener as TS.Expression)
    return (
      isListening && !!event && ts.isStringLiteralLike(event) && codeWords().connectionEnds.test(event.text)
    )
  }
  if (!ts.isBinaryExpression(parent) || !ts.isPropertyAccessExpression(parent.left)) return false
  const name = textOf(parent.left.name)
  return name.startsWith('on') && codeWords().connectionEnds.test(name.slice(2))
}

function isHandlerOf(listener: TS.FunctionLikeDeclaration, method: string): boolean {
  const { parent } = listener
  return ts.isCallExpression(parent) && parent.expression !== listener && calleeName(parent) === method
}
