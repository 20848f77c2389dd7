/** Ways on which work comes back to where it was started, and whether only a failure or the end of a connection leads there. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { functionOf } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { isConnection } from './connections.js'
import { callsIn } from '../../syntax/noted-nodes.js'
import { bare, calleeName, isFunction, LISTENING, textOf, ts, type TS } from '../../syntax/syntax.js'

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

/** A call of a function of the project in a piece of code. */
interface Leading {
  call: TS.CallExpression
  body: TS.Node
  standing: Standing
  isTimed: boolean
}

/** Many start from the same functions. */
const known = new WeakMap<Survey, Map<TS.Node, Leading[]>>()

/**
 * True where work that starts at `root` comes back to `target` after a failure, and never anyway, as a daemon does.
 * `timers`: whether a function that a timer runs is gone through.
 */
export function comesBackOnFailure(
  root: TS.Node,
  target: TS.Node,
  survey: Survey,
  timers: 'with timers' | 'without timers' = 'with timers',
): boolean {
  const ways = waysTo(root, target, survey, timers === 'with timers')
  return ways.includes('failure') && !ways.includes('anyway')
}

function waysTo(root: TS.Node, target: TS.Node, survey: Survey, isTimedToo: boolean): Standing[] {
  const ways: Standing[] = []
  const seen = { failure: new Set<TS.Node>(), asked: new Set<TS.Node>(), anyway: new Set<TS.Node>() }
  const left: Step[] = [{ root, standing: 'anyway', depth: 0 }]
  for (const { root: from, standing, depth } of left) {
    if (isIn(target, from) && (isTimedToo || !isTimed(target, from)))
      ways.push(strongest(standing, standingOf(target, from, survey)))
    if (depth >= MAX_DEPTH) continue
    for (const leading of leadingFrom(from, survey)) {
      const { call, body } = leading
      const here = strongest(standing, leading.standing)
      if (call === target || (leading.isTimed && !isTimedToo)) continue
      if (seen[here].has(body) || seen[here].size >= MAX_FUNCTIONS) continue
      seen[here].add(body)
      left.push({ root: body, standing: here, depth: depth + 1 })
    }
  }
  return ways
}

function leadingFrom(from: TS.Node, survey: Survey): Leading[] {
  const ofSurvey = known.get(survey) ?? new Map<TS.Node, Leading[]>()
  known.set(survey, ofSurvey)
  let leading = ofSurvey.get(from)
  if (!leading) {
    leading = callsIn(from).flatMap((call) => {
      const body = functionOf(survey, call.expression)?.body
      const standing = body && standingOf(call, from, survey)
      return standing ? [{ call, body, standing, isTimed: isTimed(call, from) }] : []
    })
    ofSurvey.set(from, leading)
  }
  return leading
}

const isIn = (node: TS.Node, around: TS.Node): boolean =>
  node.pos >= around.pos && node.end <= around.end && node.getSourceFile() === around.getSourceFile()

/** `setTimeout(…)`: what it gets runs later. */
export function isTimer(node: TS.Node): boolean {
  return ts.isCallExpression(node) && /^set(Timeout|Immediate|Interval)$/.test(calleeName(node))
}

function isTimed(node: TS.Node, within: TS.Node): boolean {
  for (let at = node; at !== within && at.parent; at = at.parent) if (isTimer(at.parent)) return true
  return false
}

function strongest(one: Standing, other: Standing): Standing {
  if (one === 'failure' || other === 'failure') return 'failure'
  return one === 'asked' ? one : other
}

function standingOf(node: TS.Node, within: TS.Node, survey: Survey): Standing {
  if (isInFailure(node, within, survey)) return 'failure'
  for (let at = node; at !== within && at.parent; at = at.parent)
    if (ts.isIfStatement(at.parent) && at.parent.expression !== at) return 'asked'
  return 'anyway'
}

/** Whether a node is reached only after a failure, or when a connection ends. */
export function isInFailure(node: TS.Node, within: TS.Node, survey: Survey): boolean {
  for (let at = node; at !== within && at.parent; at = at.parent) {
    if (ts.isCatchClause(at) || isEnd(at, survey)) return true
    if (isFunction(at) && isHandlerOf(at, 'catch')) return true
  }
  return false
}

/** The branch of a condition, or the listener, that runs when a connection ends. */
export function isEnd(at: TS.Node, survey: Survey): boolean {
  const { parent } = at
  if (isFunction(at)) return isEndListener(at, survey)
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

/** An answer, a file and a process end when all went well; an error is a failure, whoever tells of it. */
function isEndListener(listener: TS.FunctionLikeDeclaration, survey: Survey): boolean {
  const heard = heardBy(listener)
  if (!heard || !codeWords().connectionEnds.test(heard.event)) return false
  return /error/i.test(heard.event) || isConnection(heard.emitter, survey)
}

interface Heard {
  event: string
  emitter: TS.Expression
}

/** `socket.on('close', listener)`, `socket.onclose = listener`. */
export function heardBy(listener: TS.FunctionLikeDeclaration): Heard | null {
  const { parent } = listener
  if (ts.isCallExpression(parent)) {
    const [event] = parent.arguments
    const callee = bare(parent.expression)
    const isListening =
      LISTENING.includes(calleeName(parent)) && parent.arguments.includes(listener as TS.Expression)
    return isListening && event && ts.isStringLiteralLike(event) && ts.isPropertyAccessExpression(callee)
      ? { event: event.text, emitter: callee.expression }
      : null
  }
  if (!ts.isBinaryExpression(parent) || !ts.isPropertyAccessExpression(parent.left)) return null
  const name = textOf(parent.left.name)
  return name.startsWith('on') ? { event: name.slice(2), emitter: parent.left.expression } : null
}

function isHandlerOf(listener: TS.FunctionLikeDeclaration, method: string): boolean {
  const { parent } = listener
  return ts.isCallExpression(parent) && parent.expression !== listener && calleeName(parent) === method
}
