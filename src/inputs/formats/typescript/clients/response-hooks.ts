/** Clients that look at each answer themselves before whoever called gets it. */
import { codeWords } from '../../../../knowledge/code-words.js'
import type { ClientSeen } from '../survey/client-seen.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { creationArguments } from '../survey/creation-arguments.js'
import { callOptions } from '../survey/call-options.js'
import { bindingOf } from '../syntax/scope.js'
import { bare, some, textOf, ts, walk, type TS } from '../syntax/syntax.js'

/** Receivers of `.use(…)`: `api`, `http.interceptors.response`. */
const receivers = new WeakMap<Survey, TS.Expression[]>()

/**
 * By an interceptor, a middleware, a hook or a fetch of its own: a rejection may be thrown there. Of a client whose making is
 * not seen, those of any other of the library may be its own.
 */
export function mayLookAtAnswers(call: OutboundCall, survey: Survey): boolean {
  const { client } = call
  const given = survey.resolver.under(call.given ?? [])
  const created = client.made ? creationArguments(client.creation, client.made, given) : []
  const derived = (client.derivations ?? []).flatMap((one) => [...one.arguments])
  if ([...callOptions(call, given), ...created, ...derived].some((one) => one && setsHook(one))) return true
  return usesOn(survey).some((receiver) => isOf(receiver, call, survey))
}

function usesOn(survey: Survey): TS.Expression[] {
  let found = receivers.get(survey)
  if (!found) {
    found = survey.callsNamed('use').flatMap(({ expression }) => {
      if (!ts.isPropertyAccessExpression(expression)) return []
      return [intercepted(expression.expression)].flatMap((receiver) => receiver ?? [])
    })
    receivers.set(survey, found)
  }
  return found
}

/** The client whose answers they are; null for interceptors of requests. */
function intercepted(receiver: TS.Expression): TS.Expression | null {
  const node = bare(receiver)
  if (!ts.isPropertyAccessExpression(node)) return node
  const before = bare(node.expression)
  const isOfClient = ts.isPropertyAccessExpression(before) && before.name.text === 'interceptors'
  if (!isOfClient) return node
  return node.name.text === 'request' ? null : before.expression
}

function isOf(receiver: TS.Expression, { client }: OutboundCall, survey: Survey): boolean {
  const seen = survey.shapes.clientOf(receiver)
  if (seen?.library !== client.library) return false
  // The module itself is a client like one that was made.
  const isKnown = ({ made, through }: ClientSeen): boolean => made !== null || through === 'module'
  return !isKnown(seen) || !isKnown(client) || seen.made === client.made
}

/** Written in the options, or in an object of a variable that stands there. */
function setsHook(options: TS.Expression): boolean {
  return names(options) || held(options).some(names)
}

function names(node: TS.Node): boolean {
  return some(
    node,
    (at) =>
      (ts.isPropertyAssignment(at) || ts.isShorthandPropertyAssignment(at) || ts.isMethodDeclaration(at)) &&
      codeWords().answerHooks.test(textOf(at.name)),
  )
}

function held(node: TS.Node): TS.Node[] {
  const found: TS.Node[] = []
  walk(node, (at) => {
    const binding = ts.isIdentifier(at) ? bindingOf(at) : null
    if (binding?.kind === 'value' && ts.isObjectLiteralExpression(binding.node)) found.push(binding.node)
  })
  return found
}
