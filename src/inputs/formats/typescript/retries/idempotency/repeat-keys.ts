/** Keys by which a receiver knows a repeat: payments without one, and keys that are drawn anew at each attempt. */
import { callersOf } from '../../survey/named-callers.js'
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { effectOf, type SeenEffect } from '../../effects/effects.js'
import { keyOf } from '../../effects/idempotency-keys.js'
import { isWrite } from '../../effects/writes.js'
import { practice } from '../../survey/practice.js'
import { loopRetries, recursiveRetries } from '../places/hand-written-retries.js'
import { wrappedRetries } from '../places/wrapped-retries.js'
import { bindingOf } from '../../syntax/scope.js'
import { nameOfCall, type OutboundCall, type Survey } from '../../survey/survey.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  some,
  sourceOf,
  textOf,
  ts,
  type TS,
} from '../../syntax/syntax.js'

const PATTERN = 'repeat-key'

export function repeatKeys(survey: Survey): Practice[] {
  return [...survey.outbound.flatMap((call) => paymentAt(survey, call)), ...keysDrawnAnew(survey)]
}

function paymentAt(survey: Survey, call: OutboundCall): Practice[] {
  const effect = movesMoney(call) ? effectOf(call, survey) : null
  if (effect?.kind !== 'seen' || effect.keys.length === 0) return []
  return decidedAt(survey, call)
    .filter((place) => !isOnlyPrepared(call, place))
    .map((place) => judgePayment(survey, effect, call, place))
}

/** `paymentIntents.create` without `confirm` or `off_session`: the customer still has to confirm, and pays once. */
function isOnlyPrepared({ node }: OutboundCall, place: TS.CallExpression): boolean {
  const { preparesPayment, confirmsPayment } = codeWords()
  const callee = bare(node.expression)
  const resource = ts.isPropertyAccessExpression(callee) ? bare(callee.expression) : null
  if (!resource || !ts.isPropertyAccessExpression(resource) || !preparesPayment.test(resource.name.text))
    return false
  const confirms = (part: TS.Node): boolean =>
    ts.isPropertyAssignment(part) &&
    confirmsPayment.test(textOf(part.name)) &&
    part.initializer.kind !== ts.SyntaxKind.FalseKeyword
  return !place.arguments.some((given) => some(writtenAs(given), confirms))
}

/** The object, also of a variable that holds it. */
function writtenAs(given: TS.Expression): TS.Node {
  const node = bare(given)
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  return binding?.kind === 'value' ? binding.node : node
}

function judgePayment(survey: Survey, effect: SeenEffect, call: OutboundCall, place: TS.Node): Practice {
  const name = nameOfCall(call)
  const related =
    place === call.node ? [] : [{ source: sourceOf(call.node), message: 'the call of the library' }]
  const keyed = keyOf(effect, [place], survey)
  if (keyed === 'keyed')
    return practice(survey, place, PATTERN, 'present', `${name} carries a key`, null, related)
  const detail = `${name} carries no key of what is paid: the same request, sent twice, takes effect twice`
  if (keyed === 'unkeyed') return practice(survey, place, PATTERN, 'absent', detail, null, related)
  const reason = `its callers pass what is sent, which may contain ${effect.keys.map((key) => `\`${key}\``).join(' or ')}`
  return practice(survey, place, PATTERN, 'unknown', detail, reason, related)
}

/** `client.charges.create(…)` */
function movesMoney({ node }: OutboundCall): boolean {
  const callee = bare(node.expression)
  const resource = ts.isPropertyAccessExpression(callee) ? bare(callee.expression) : null
  if (isWholeRefund(node, resource)) return false
  return (
    resource !== null &&
    ts.isPropertyAccessExpression(resource) &&
    codeWords().movesMoney.test(resource.name.text)
  )
}

/** `refunds.create({ charge })`: without an amount all is paid back, and a second one is refused. */
function isWholeRefund(call: TS.CallExpression, resource: TS.Expression | null): boolean {
  const given = call.arguments[0] && bare(call.arguments[0])
  if (!resource?.getText().endsWith('refunds') || !given || !ts.isObjectLiteralExpression(given)) return false
  return given.properties.every(
    (property) => property.name !== undefined && textOf(property.name) !== 'amount',
  )
}

/** Where it is said what is paid: of a function that only passes it on, at those who call it. */
function decidedAt(survey: Survey, { node }: OutboundCall): TS.CallExpression[] {
  const given = node.arguments[0] && bare(node.arguments[0])
  const binding = given && ts.isIdentifier(given) ? bindingOf(given) : null
  const owner = enclosingFunction(node)
  const callers = binding?.kind === 'parameter' && owner ? callersOf(owner, survey) : []
  return callers.length > 0 ? callers : [node]
}

/** `'X-Delivery-Id': randomUUID()` in what is done at each attempt. */
function keysDrawnAnew(survey: Survey): Practice[] {
  const works = [
    ...survey.files.flatMap(({ calls, loops }) => [
      ...loopRetries(loops, survey),
      ...recursiveRetries(calls, survey),
    ]),
    ...wrappedRetries(survey),
  ].flatMap(({ work }) => work)
  const seen = new Set<TS.Node>()
  return works.flatMap((work) =>
    keysIn(survey, work).flatMap((key) => {
      if (seen.has(key)) return []
      seen.add(key)
      const detail = `\`${textOf(key.name).replace(/['"]/g, '')}\` is generated anew at each attempt: the receiver takes the repeat for a new request`
      return [practice(survey, key, PATTERN, 'absent', detail)]
    }),
  )
}

function keysIn(survey: Survey, work: TS.Node): TS.PropertyAssignment[] {
  const found: TS.PropertyAssignment[] = []
  some(work, (node) => {
    const call = survey.outboundAt(node)
    if (call && isWrite(call)) found.push(...onlyKeysDrawn(work, call.node))
    return false
  })
  return found
}

/** Of a call that carries another key, which stays the same, the receiver knows the repeat by that one. */
function onlyKeysDrawn(work: TS.Node, call: TS.CallExpression): TS.PropertyAssignment[] {
  const keys: TS.PropertyAssignment[] = []
  for (const argument of call.arguments)
    some(argument, (part) => {
      if (ts.isPropertyAssignment(part) && isKey(part)) keys.push(part)
      return false
    })
  return keys.every(({ initializer }) => isDrawnIn(work, initializer)) ? keys : []
}

function isKey({ name }: TS.PropertyAssignment): boolean {
  const { idempotencyKeys, messageIds } = codeWords()
  return idempotencyKeys.test(textOf(name)) || messageIds.test(textOf(name))
}

/** `randomUUID()`, or a variable of the work that holds one. */
function isDrawnIn(work: TS.Node, value: TS.Expression): boolean {
  const node = bare(value)
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  const made = binding?.kind === 'value' && binding.path.length === 0 ? binding.node : node
  const isWithin = work.pos <= made.pos && made.end <= work.end
  return isWithin && ts.isCallExpression(made) && codeWords().drawsAtRandom.test(calleeName(made))
}
