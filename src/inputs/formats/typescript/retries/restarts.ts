/** Work that a timer or a listener starts again after a failure: whether it waits, and how. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { comesBackOnFailure, isEnd, isInFailure } from './failure-paths.js'
import { longest } from '../values/longest-delay.js'
import { functionOf, practice } from '../survey/practice.js'
import { delayOf, judgedDelay, placeOf } from './retry-delays.js'
import { waitsForState } from './retry-work.js'
import type { Survey } from '../survey/survey.js'
import {
  calleeName,
  enclosingFunction,
  some,
  symbolOf,
  ts,
  walk,
  type TS,
  functionName,
} from '../syntax/syntax.js'

export function restarts(calls: TS.CallExpression[], survey: Survey): Practice[] {
  return calls.flatMap((call) =>
    calleeName(call) === 'setTimeout' ? byTimer(call, survey) : atOnce(call, survey),
  )
}

/** `setTimeout(() => this.connect(), delay)`, where `connect` fails or its connection ends, and that leads here again. */
function byTimer(timer: TS.CallExpression, survey: Survey): Practice[] {
  const [callback, delay] = timer.arguments
  if (!callback || !delay || !ts.isIdentifier(timer.expression) || delayOf(timer, survey) !== null) return []
  if (!saysAgain(timer, callback) || waitsForState(timer)) return []
  const body = functionOf(survey, callback)?.body
  if (!body || !comesBackOnFailure(body, timer, survey) || isAlsoNextRound(timer, survey)) return []
  const most = longest(delay, survey.resolver)
  const isUnhurried = most !== null && most >= codeWords().unhurriedRestartSeconds * 1000
  return judgedDelay(delay, placeOf(delay, timer, survey), !isUnhurried, survey)
}

/** In a function, or with a callback, that speaks of trying or connecting again. */
function saysAgain(timer: TS.CallExpression, callback: TS.Expression): boolean {
  const where = [symbolOf(timer), callback.getText().slice(0, 400)].join(' ')
  return codeWords().startsAgain.test(where)
}

/** What it starts is started by another timer where nothing failed: a round of a daemon, which comes back anyway. */
function isAlsoNextRound(timer: TS.CallExpression, survey: Survey): boolean {
  const started = startedBy(timer, survey)
  return [...started].some(({ body }) => {
    const isOther = (node: TS.Node): boolean =>
      ts.isCallExpression(node) &&
      node !== timer &&
      /^set(Timeout|Immediate)$/.test(calleeName(node)) &&
      !isInFailure(node, body!) &&
      [...startedBy(node, survey)].some((again) => started.has(again))
    return body !== undefined && some(body, isOther)
  })
}

/** The function that is given to a timer, or those that a function written there calls. */
export function startedBy(
  { arguments: [callback] }: TS.CallExpression,
  survey: Survey,
): Set<TS.FunctionLikeDeclaration> {
  const given = functionOf(survey, callback)
  if (!given?.body) return new Set()
  if (given !== callback) return new Set([given])
  const started = new Set<TS.FunctionLikeDeclaration>()
  walk(given.body, (node) => {
    const called = ts.isCallExpression(node) ? functionOf(survey, node.expression) : null
    if (called) started.add(called)
  })
  return started
}

/** `socket.on('close', () => connect())` inside `connect`: as often as the other side refuses, as fast as it answers. */
function atOnce(call: TS.CallExpression, survey: Survey): Practice[] {
  if (!codeWords().startsAgain.test(calleeName(call))) return []
  const end = endAround(call)
  if (end === null || waitsBefore(call, end, survey)) return []
  const again = functionOf(survey, call.expression)
  if (!again?.body || waitsIn(again.body, survey) || !comesBackOnFailure(again.body, call, survey, isTimer))
    return []
  const detail = `\`${functionName(again)}\` is called again at once when the connection ends, without a delay`
  return [practice(survey, call, 'retry-backoff', 'absent', detail)]
}

/** What runs when a connection ends and holds the call, not inside a timer. */
function endAround(call: TS.CallExpression): TS.Node | null {
  for (let at: TS.Node = call; at.parent && !ts.isSourceFile(at); at = at.parent) {
    if (isEnd(at)) return at
    if (isTimer(at.parent)) return null
  }
  return null
}

function isTimer(node: TS.Node): boolean {
  return ts.isCallExpression(node) && /^set(Timeout|Immediate|Interval)$/.test(calleeName(node))
}

function waitsBefore(call: TS.CallExpression, end: TS.Node, survey: Survey): boolean {
  const owner = enclosingFunction(call)
  return waitsIn(end, survey) || (owner !== null && owner.pos > end.pos && waitsIn(owner, survey))
}

function waitsIn(around: TS.Node, survey: Survey): boolean {
  return some(around, (node) => ts.isCallExpression(node) && delayOf(node, survey) !== null)
}
