/** Retries that try again at once, without any wait between the attempts. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { hasOneMore } from '../bounds/attempts.js'
import { functionOf, practice, somewhere } from '../../survey/practice.js'
import { ONLY_CONFLICTS, repeatsOnlyConflicts } from '../failures/only-conflicts.js'
import { notFollowed, paceIn } from './pacing.js'
import { delayOf } from './retry-delays.js'
import { isCatchHandler } from '../places/failure-handlers.js'
import { tellsOfFailure } from '../places/polling.js'
import { statusesOf } from '../conditions/retry-conditions.js'
import type { Retry } from '../places/hand-written-retries.js'
import { waitsForState, wholeWork } from '../repeated/repeated-work.js'
import { isNothing } from '../../syntax/scope.js'
import type { Survey } from '../../survey/survey.js'
import { bare, calleeName, enclosingFunction, some, ts, type TS } from '../../syntax/syntax.js'
import { triesOfRecursion } from '../bounds/recursion-attempts.js'

/** A loop that tries again at once. What lost against another write is tried again without waiting; so may a single second try. */
export function loopWithoutWait(retry: Retry, survey: Survey): Practice[] {
  const loop = retry.place
  if (waitsForState(loop) || hasOneMore(loop, survey)) return []
  if (waitsIn(loop, retry, survey)) return []
  if (repeatsOnlyConflicts(retry, survey))
    return [practice(survey, loop, 'retry-backoff', 'present', ONLY_CONFLICTS)]
  const pace = paceIn(loop, survey)
  return pace !== null
    ? [practice(survey, loop, 'retry-backoff', 'unknown', 'A loop retries', notFollowed(pace))]
    : [practice(survey, loop, 'retry-backoff', 'absent', 'The loop retries immediately, without a delay')]
}

/** A function that calls itself again at once with the same work, and has done nothing meanwhile that could cure the failure. */
export function recursionWithoutWait(retry: Retry, survey: Survey): Practice[] {
  const { place, owner, work } = retry
  // Without a catch it may go on with something new, unless an answer says that it failed.
  if (!owner?.body || (work.some((node) => node === owner.body) && !asksAnswer(retry, survey))) return []
  if (!ts.isCallExpression(place) || waitsForState(place) || !isSameWork(place, owner)) return []
  const tries = triesOfRecursion(place, owner, retry.conditions, survey)
  if (tries !== null && tries <= 2) return []
  if (isStartedLater(place, owner) || waitsIn(owner.body, retry, survey) || isCured(retry)) return []
  const isRemote = wholeWork(retry, survey).some((node) => survey.callsFrom(node).length > 0)
  if (!isRemote || repeatsOnlyConflicts(retry, survey)) return []
  const detail = `\`${calleeName(place)}\` calls itself again immediately, without a delay`
  return [practice(survey, place, 'retry-backoff', 'absent', detail)]
}

/** Each argument is, or is made of, the parameter that it stands for. */
export function isSameWork(
  { arguments: given }: TS.CallExpression,
  { parameters }: TS.FunctionLikeDeclaration,
): boolean {
  return given.every((argument, index) => {
    const name = parameters[index]?.name
    if (!name) return false
    const node = bare(argument)
    if (!ts.isIdentifier(name) || ts.isObjectLiteralExpression(node)) return !leavesOut(node)
    return some(argument, (at) => ts.isIdentifier(at) && at.text === name.text)
  })
}

/** `{ ...request, commentId: undefined }`: without what failed it is another request. */
function leavesOut(given: TS.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(given) &&
    given.properties.some((property) => ts.isPropertyAssignment(property) && isNothing(property.initializer))
  )
}

/** Inside a function that is given away, to a timer or a queue: when it runs is not seen here. */
function isStartedLater(place: TS.Node, owner: TS.Node): boolean {
  const around = enclosingFunction(place)
  return (
    around !== owner && !(around !== null && isCatchHandler(around) && enclosingFunction(around) === owner)
  )
}

/** `if (!answer.ok && left > 0)`, unlike a refusal that something new is to cure. */
export function asksAnswer({ conditions }: Retry, survey: Survey): boolean {
  const asked = conditions.filter((condition) => some(condition, isFailedAnswer))
  return asked.length > 0 && !statusesOf(asked, survey).some((status) => REFUSALS.includes(status))
}

const REFUSALS = [401, 403, 404, 409]

/** Of an object, unlike an error that a callback gets. */
const isFailedAnswer = (node: TS.Node): boolean => ts.isPropertyAccessExpression(node) && tellsOfFailure(node)

/** Something else is waited for after the failure: a fresh token, a new connection. */
function isCured({ place, decision }: Retry): boolean {
  const isOther = (node: TS.Node): boolean => ts.isAwaitExpression(node) && bare(node.expression) !== place
  return some(decision, isOther, false)
}

function waitsIn(around: TS.Node, retry: Retry, survey: Survey): boolean {
  const waits = (node: TS.Node): boolean =>
    ts.isCallExpression(node) &&
    (delayOf(node, survey) !== null || isAwaitedWait(node) || sleepsWithin(node, retry, survey))
  return some(around, waits)
}

/** `await wait.until({ date })`: a word for waiting, of what is called or of whose it is. */
export function isAwaitedWait(call: TS.CallExpression): boolean {
  const { waits } = codeWords()
  const callee = bare(call.expression)
  const owner = ts.isPropertyAccessExpression(callee) ? callee.expression.getText() : ''
  return ts.isAwaitExpression(call.parent) && (waits.test(calleeName(call)) || waits.test(owner))
}

/** Between the attempts, a function of the project that sleeps, whatever its name is. */
function sleepsWithin(call: TS.CallExpression, { work }: Retry, survey: Survey): boolean {
  if (!ts.isAwaitExpression(call.parent) || work.some(({ pos, end }) => call.pos >= pos && call.end <= end))
    return false
  const called = functionOf(survey, call.expression)?.body
  const sleeps = (node: TS.Node): boolean => ts.isCallExpression(node) && delayOf(node, survey) !== null
  return !!called && somewhere(survey, called, sleeps)
}
