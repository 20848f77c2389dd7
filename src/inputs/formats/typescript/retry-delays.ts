/** The waits between attempts: whether they grow and have a random part. */
import type { Practice } from '../../../facts/code.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { grows, isRandom } from './delays.js'
import { isInLoop, isSingle } from './attempts.js'
import { functionOf, practice, somewhere } from './practice.js'
import { asksFor } from './retry-conditions.js'
import { nameOf, type Retry } from './retry-places.js'
import { callersOf, waitsForState } from './retry-work.js'
import type { Survey } from './survey.js'
import { bare, calleeName, enclosingFunction, isFunction, some, ts, type TS } from './syntax.js'
import { valueOf } from './values.js'

/** A loop that tries again at once. After a conflict over a value, the next attempt takes another and need not wait. */
export function withoutWait({ place: loop, conditions }: Retry, survey: Survey): Practice[] {
  if (waitsForState(loop) || asksFor(conditions, survey, isConflict)) return []
  const waits = some(
    loop,
    (node) =>
      ts.isCallExpression(node) &&
      (delayOf(node, survey) !== null ||
        (ts.isAwaitExpression(node.parent) && codeWords().waits.test(calleeName(node)))),
  )
  return waits
    ? []
    : [practice(survey, loop, 'retry-backoff', 'absent', 'The loop tries again at once, without a delay')]
}

/** Judges a wait that stands in a retry loop or follows a count of attempts. */
export function waitAt(call: TS.CallExpression, loops: TS.Node[], survey: Survey): Practice[] {
  const delay = delayOf(call, survey)
  if (!delay || isWaitItself(call) || waitsForState(call)) return []
  const loop = loops.find(({ pos, end }) => call.pos >= pos && call.end <= end)
  if (loop && isSingle(loop, survey)) return []
  if (!loop && (!codeWords().attempts.test(textOf(delay, survey)) || isWaitedOnce(call, delay, survey)))
    return []
  const place = placeOf(delay, call, survey)
  const random = isRandom(delay, survey.resolver)
  const growing = grows(delay, survey.resolver)
  if (!random && !growing && valueOf(delay, survey.resolver).kind !== 'number') {
    return [
      practice(
        survey,
        place,
        'retry-backoff',
        'unknown',
        'A delay stands between the attempts',
        'how it is computed was not found',
      ),
    ]
  }
  return [
    practice(
      survey,
      place,
      'retry-backoff',
      growing ? 'present' : 'absent',
      growing ? 'The delay between attempts grows' : 'The delay between attempts is always the same',
    ),
    practice(
      survey,
      place,
      'retry-jitter',
      random ? 'present' : 'absent',
      random
        ? 'The delay between attempts has a random part'
        : 'The delay between attempts has no random part',
    ),
  ]
}

function isConflict(node: TS.Node): boolean {
  const { recognisesRepeats } = codeWords()
  return (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && recognisesRepeats.test(node.text)
}

/** Waits a fixed time to look once more: no loop, no function that comes back here, none that others repeat. */
function isWaitedOnce(call: TS.CallExpression, delay: TS.Expression, survey: Survey): boolean {
  if (valueOf(delay, survey.resolver).kind !== 'number') return false
  const executor = calleeName(call) === 'setTimeout' ? enclosingFunction(call) : null
  const owner = enclosingFunction(executor ?? call)
  if (!owner?.body || nameOf(owner) === '' || isInLoop(executor ?? call)) return false
  if (owner.parameters.some(({ name }) => codeWords().attempts.test(name.getText()))) return false
  const comesBack = (node: TS.Node): boolean =>
    ts.isCallExpression(node) && functionOf(survey, node.expression) === owner
  return !somewhere(survey, owner.body, comesBack) && !callersOf(owner, survey).some(isInLoop)
}

/** The delay of `sleep(ms)` and of `new Promise((r) => setTimeout(r, ms))`, where it is awaited. */
export function delayOf(call: TS.CallExpression, survey: Survey): TS.Expression | null {
  const name = calleeName(call)
  if (name === 'setTimeout') {
    const executor = enclosingFunction(call)
    const inPromise =
      executor &&
      executor.parent &&
      ts.isNewExpression(executor.parent) &&
      executor.parent.expression.getText() === 'Promise'
    const resolves = call.arguments[0] && ts.isIdentifier(bare(call.arguments[0]))
    return inPromise && resolves ? (call.arguments[1] ?? null) : null
  }
  if (!codeWords().waits.test(name) || call.arguments.length === 0) return null
  const called = functionOf(survey, call.expression)
  const sleeps =
    called === null
      ? /^(sleep|delay|wait)$/i.test(name)
      : some(called, (node) => ts.isCallExpression(node) && calleeName(node) === 'setTimeout')
  return sleeps && (ts.isAwaitExpression(call.parent) || ts.isPropertyAccessExpression(call.parent))
    ? call.arguments[0]!
    : null
}

/** The body of a `sleep` helper: its delay is its own parameter. */
function isWaitItself(call: TS.CallExpression): boolean {
  const executor = enclosingFunction(call)
  const owner = executor && enclosingFunction(executor)
  const delay = call.arguments[1]
  return (
    calleeName(call) === 'setTimeout' &&
    !!owner &&
    isFunction(owner) &&
    owner.parameters.some((parameter) => parameter.name.getText() === delay?.getText())
  )
}

function textOf(delay: TS.Expression, survey: Survey): string {
  const found = survey.resolver.resolve(delay)
  return delay.getText() + (found.kind === 'value' && !isFunction(found.node) ? found.node.getText() : '')
}

/** Where the delay is computed, when that is in the function that waits. */
function placeOf(delay: TS.Expression, call: TS.CallExpression, survey: Survey): TS.Node {
  const found = survey.resolver.resolve(delay)
  if (found.kind !== 'value' || found.node.getSourceFile() !== call.getSourceFile()) return call
  const computedIn = enclosingFunction(found.node)
  for (let at = enclosingFunction(call); at; at = enclosingFunction(at))
    if (at === computedIn) return found.node
  return call
}
