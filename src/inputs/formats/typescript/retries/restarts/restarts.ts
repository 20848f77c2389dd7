/** Work that a timer or a listener starts again after a failure: whether it waits, and how. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { isConnection, makesConnection } from './connections.js'
import { comesBackOnFailure, heardBy, isEnd, isInFailure, isTimer } from './ways-back.js'
import { notFollowed, paceIn } from '../delays/pacing.js'
import { handedOn, waitsIn } from './restart-waits.js'
import { longest } from '../../values/longest-delay.js'
import { functionOf, practice, somewhere } from '../../survey/practice.js'
import { delayOf, judgedDelay, placeOf } from '../delays/retry-delays.js'
import { waitsForState } from '../repeated/repeated-work.js'
import { bindingOf } from '../../syntax/scope.js'
import type { Survey } from '../../survey/survey.js'
import {
  calleeName,
  functionName,
  isFunction,
  some,
  symbolOf,
  ts,
  walk,
  type TS,
} from '../../syntax/syntax.js'
import { isSameWork } from '../delays/unwaited-retries.js'

export function restarts(survey: Survey): Practice[] {
  return [
    ...survey.callsNamed('setTimeout').flatMap((timer) => byTimer(timer, survey)),
    ...survey.callsNamed(codeWords().startsAgain).flatMap((call) => atOnce(call, survey)),
  ]
}

/** `setTimeout(() => this.connect(), delay)`, where `connect` fails or its connection ends, and that leads here again. */
function byTimer(timer: TS.CallExpression, survey: Survey): Practice[] {
  const [callback, delay] = timer.arguments
  if (!callback || !delay || !ts.isIdentifier(timer.expression) || delayOf(timer, survey) !== null) return []
  if (!saysAgain(timer, callback, survey) || waitsForState(timer)) return []
  const body = functionOf(survey, callback)?.body
  if (!body || !comesBackOnFailure(body, timer, survey) || isAlsoNextRound(timer, survey)) return []
  const most = longest(delay, survey.resolver)
  const isUnhurried = most !== null && most >= codeWords().unhurriedRestartSeconds * 1000
  return judgedDelay(delay, placeOf(delay, timer, survey), !isUnhurried, survey)
}

/** In a function, or with a callback, that speaks of trying or connecting again. */
function saysAgain(timer: TS.CallExpression, callback: TS.Expression, survey: Survey): boolean {
  const where = [symbolOf(timer), callback.getText().slice(0, 400)].join(' ')
  return codeWords().startsAgain.test(where) || startsItself(timer, callback, survey)
}

/** `setTimeout(run, 1000)` where the connection of `run` ends, in `run` itself. */
function startsItself(timer: TS.CallExpression, callback: TS.Expression, survey: Survey): boolean {
  const again = functionOf(survey, callback)
  if (!again || again === callback || endAround(timer, survey) === null) return false
  return again.pos <= timer.pos && timer.end <= again.end && again.getSourceFile() === timer.getSourceFile()
}

/** What it starts is started by another timer where nothing failed: a round of a daemon, which comes back anyway. */
function isAlsoNextRound(timer: TS.CallExpression, survey: Survey): boolean {
  const started = startedBy(timer, survey)
  return [...started].some(({ body }) => {
    const isOther = (node: TS.Node): boolean =>
      ts.isCallExpression(node) &&
      node !== timer &&
      /^set(Timeout|Immediate)$/.test(calleeName(node)) &&
      !isInFailure(node, body!, survey) &&
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
  if (calleeName(call) === 'setTimeout') return []
  const end = endAround(call, survey)
  const again = functionOf(survey, call.expression)
  if (
    end === null ||
    !again?.body ||
    !isOfConnection(end, again.body, survey) ||
    !isSameAgain(call, end, again)
  )
    return []
  const handed = handedOn(call, end, survey)
  if (handed === 'waits' || waitsIn(end, survey) || waitsIn(again.body, survey)) return []
  if (isPacedInside(again, survey) || !comesBackOnFailure(again.body, call, survey, 'without timers'))
    return []
  const pace = handed === 'at once' ? (paceIn(end, survey) ?? paceIn(again.body, survey)) : handed.to
  const name = functionName(again)
  if (pace === null) {
    const detail = `\`${name}\` is called again immediately when the connection ends, without a delay`
    return [practice(survey, call, 'retry-backoff', 'absent', detail)]
  }
  return [
    practice(
      survey,
      call,
      'retry-backoff',
      'unknown',
      `\`${name}\` is called when the connection ends`,
      notFollowed(pace),
    ),
  ]
}

/** What runs when a connection ends and holds the call, not inside a timer. */
function endAround(call: TS.CallExpression, survey: Survey): TS.Node | null {
  for (let at: TS.Node = call; at.parent && !ts.isSourceFile(at); at = at.parent) {
    if (isEnd(at, survey)) return at
    if (isTimer(at.parent)) return null
  }
  return null
}

/** It makes a connection, and what tells of the end is one, or a request that failed. */
function isOfConnection(end: TS.Node, body: TS.Node, survey: Survey): boolean {
  const heard = isFunction(end) ? heardBy(end) : null
  if (heard && !isConnection(heard.emitter, survey)) return false
  return somewhere(survey, body, (node) => makesConnection(node, survey))
}

/** It takes nothing that is next, and gets nothing that was found out meanwhile. */
function isSameAgain(call: TS.CallExpression, end: TS.Node, again: TS.FunctionLikeDeclaration): boolean {
  const takes = (node: TS.Node): boolean =>
    ts.isCallExpression(node) && /^(shift|pop)$/.test(calleeName(node)) && node.arguments.length === 0
  if (some(again.body!, takes, false)) return false
  return (
    isSameWork(call, again) ||
    !call.arguments.some((given) => some(given, (at) => isFoundIn(at, [again, end])))
  )
}

/** A name that is declared inside of a function. */
function isFoundIn(node: TS.Node, functions: TS.Node[]): boolean {
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  if (binding === null || binding.kind === 'import') return false
  const { pos, end } = binding.kind === 'variable' ? binding.declaration : binding.node
  return functions.some((around) => around.pos <= pos && end <= around.end)
}

/** By a library that tries again, or by a timer that leads back to it: how long that waits is judged there. */
function isPacedInside(again: TS.FunctionLikeDeclaration, survey: Survey): boolean {
  return some(
    again.body!,
    (node) =>
      survey.wrappers.some(({ wrapper, made }) => made === node && wrapper.triesAgain !== undefined) ||
      (ts.isCallExpression(node) && isTimer(node) && startedBy(node, survey).has(again)),
  )
}
