/** Ways on which work comes back to where it was started, and whether only a failure or the end of a connection leads there. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, isFunction, LISTENING, textOf, ts, walk, type TS } from '../syntax/syntax.js'

/** Calls through calls that are followed, and functions looked at for one place. */
const MAX_DEPTH = 4
const MAX_FUNCTIONS = 80

/** How a way is gone: after a failure, under some other condition, or anyway. */
type Standing = 'failure' | 'asked' | 'anyway'

interface Step {
  root: TS.Node
  standing: Standing
  depth: number
}

/**
 * True where work that starts at `root` comes back to `target` after a failure, and never anyway, as a daemon does.
 * `skips`: what is not gone through, such as timers.
 */
export function comesBackOnFailure(
  root: TS.Node,
  target: TS.Node,
  survey: Survey,
  skips: (node: TS.Node) => boolean = () => false,
): boolean {
  const ways = waysTo(root, target, survey, skips)
  return ways.includes('failure') && !ways.includes('anyway')
}

function waysTo(
  root: TS.Node,
  target: TS.Node,
  survey: Survey,
  skips: (node: TS.Node) => boolean,
): Standing[] {
  const ways: Standing[] = []
  const seen = { failure: new Set<TS.Node>(), asked: new Set<TS.Node>(), anyway: new Set<TS.Node>() }
  const left: Step[] = [{ root, standing: 'anyway', depth: 0 }]
  for (let step = left.shift(); step; step = left.shift()) {
    const { root: from, standing, depth } = step
    walk(from, (node) => {
      if (node === target) ways.push(strongest(standing, standingOf(node, from)))
      if (skips(node)) return false
      if (!ts.isCallExpression(node) || depth >= MAX_DEPTH || node === target) return true
      const here = strongest(standing, standingOf(node, from))
      const body = seen[here].size < MAX_FUNCTIONS ? functionOf(survey, node.expression)?.body : undefined
      if (!body || seen[here].has(body)) return true
      seen[here].add(body)
      left.push({ root: body, standing: here, depth: depth + 1 })
      return true
    })
  }
  return ways
}

function strongest(one: Standing, other: Standing): Standing {
  if (one === 'failure' || other === 'failure') return 'failure'
  return one === 'asked' ? one : other
}

function standingOf(node: TS.Node, within: TS.Node): Standing {
  if (isInFailure(node, within)) return 'failure'
  for (let at = node; at !== within && at.parent; at = at.parent)
    if (ts.isIfStatement(at.parent) && at.parent.expression !== at) return 'asked'
  return 'anyway'
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
