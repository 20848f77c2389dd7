/** What its library says of failures that stand in the answer of a call. */
import { nameMatches, type Library } from '../../../../../knowledge/libraries.js'
import type { OutboundCall } from '../../survey/survey.js'
import { bare, some, textOf, ts, type TS } from '../../syntax/syntax.js'
import { commandOf } from '../../effects/writes.js'

type Whole = NonNullable<Library['answersFailure']>
export type Parts = Library['answersParts'][number]

/** The failure of a call as a whole, and the end of the chain whose promise answers it; null where it is thrown. */
export function wholeFailure(call: OutboundCall): { facts: Whole; answer: TS.CallExpression } | null {
  const facts = call.client.library.answersFailure
  if (!facts || !isOneOf(facts.methods, call.method)) return null
  const answer = endOfChain(call.node, facts.chained)
  return throwsInChain(answer, facts.throwing) ? null : { facts, answer }
}

/** Failures of some of what a call was given. */
export function partialFailure(call: OutboundCall): { facts: Parts; answer: TS.CallExpression } | null {
  const command = commandOf(call.node)
  const facts = call.client.library.answersParts.find((one) => {
    const isCommand = one.commands.length > 0 && command !== ''
    return isCommand ? one.commands.includes(command) : isOneOf(one.methods, call.method)
  })
  if (!facts || facts.unlessGiven.some((option) => isGiven(call.node, option))) return null
  return { facts, answer: endOfChain(call.node, facts.chained) }
}

export const isOneOf = (patterns: string[], name: string): boolean =>
  patterns.some((pattern) => nameMatches(pattern, name))

function endOfChain(call: TS.CallExpression, chained: string[]): TS.CallExpression {
  let at = call
  for (let next = calledOn(at); next && isOneOf(chained, next.name); next = calledOn(at)) at = next.call
  return at
}

/** The call of a method on what a call gives, as it stands there. */
export function calledOn(call: TS.Expression): { name: string; call: TS.CallExpression } | null {
  const { parent } = call
  if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(parent.parent)) return null
  const name = parent.name.text
  return PROMISE_METHODS.has(name) ? null : { name, call: parent.parent }
}

const PROMISE_METHODS = new Set(['then', 'catch', 'finally'])

/** `db.from('orders').insert(order).throwOnError()`, `db.storage.throwOnError().from('bills').upload(path, file)` */
function throwsInChain(answer: TS.CallExpression, throwing: string[]): boolean {
  let at: TS.Expression = answer
  while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) {
    if (ts.isPropertyAccessExpression(at) && throwing.includes(at.name.text)) return true
    at = bare(at.expression)
  }
  return false
}

/** Written in an object given to it, wherever in that. */
function isGiven({ arguments: given }: TS.CallExpression, option: string): boolean {
  const isNamed = (node: TS.Node): boolean =>
    (ts.isPropertyAssignment(node) ||
      ts.isShorthandPropertyAssignment(node) ||
      ts.isMethodDeclaration(node)) &&
    textOf(node.name) === option
  return given.some((one) => some(one, isNamed))
}
