/** Signals that a function is given and does not hand on: its calls go on after the caller has left. */
import { callOptions } from '../survey/call-options.js'
import type { Practice } from '../../../../facts/code.js'
import type { Clients } from '../clients/clients.js'
import { guardsAt } from '../clients/guards-at.js'
import { findOption } from '../values/options.js'
import { practice } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { enclosingFunction, some, sourceOf, textOf, ts, type TS } from '../syntax/syntax.js'

const PATTERN = 'signal-propagation'
const TIMEOUTS = ['http-timeout', 'statement-timeout', 'redis-timeout']

export function callerSignals(survey: Survey, clients: Clients): Practice[] {
  return survey.outbound.flatMap((call) => {
    const signal = takesSignal(call) ? signalOf(call.node) : null
    return signal ? judgeCall(survey, clients, call, signal) : []
  })
}

function takesSignal({ client }: OutboundCall): boolean {
  return Object.values(client.library.guards).some(({ signal }) => signal)
}

interface Signal {
  name: string
  at: TS.ParameterDeclaration
}

function judgeCall(survey: Survey, clients: Clients, call: OutboundCall, { name, at }: Signal): Practice[] {
  const options = callOptions(call, survey.resolver)
  const found = findOption(options, 'signal', survey.resolver)
  const what = `\`${call.method}\` of ${call.client.library.title}`
  if (found.state === 'found' && mentions(survey, found.value, name))
    return [practice(survey, call.node, PATTERN, 'present', `${what} ends with the caller's \`${name}\``)]
  if (found.state !== 'none' || isUsedOtherwise(at, name) || isBounded(clients, call)) return []
  const detail = `${what} is not given the caller's \`${name}\`, and continues after the caller aborts`
  return [
    practice(survey, call.node, PATTERN, 'absent', detail, null, [
      { source: sourceOf(at), message: 'the signal is received here' },
    ]),
  ]
}

/** A parameter that is a signal, or has one among its parts: `{ signal }: Options`. */
function signalOf(node: TS.Node): Signal | null {
  for (let at = enclosingFunction(node); at; at = enclosingFunction(at))
    for (const parameter of at.parameters) {
      const name = nameOfSignal(parameter)
      if (name !== null) return { name, at: parameter }
    }
  return null
}

function nameOfSignal({ name, type }: TS.ParameterDeclaration): string | null {
  if (ts.isIdentifier(name)) {
    const isTyped = type !== undefined && /^AbortSignal\b/.test(type.getText())
    return isTyped || (name.text === 'signal' && !type) ? name.text : null
  }
  const part = name.elements.find(
    (element) => ts.isBindingElement(element) && textOf(element.propertyName ?? element.name) === 'signal',
  )
  return part && ts.isBindingElement(part) && ts.isIdentifier(part.name) ? part.name.text : null
}

/** The signal itself, or one made of it and others; one of the call's own says nothing of the caller. */
function mentions(survey: Survey, value: TS.Node, name: string): boolean {
  const isIt = (node: TS.Node): boolean => ts.isIdentifier(node) && node.text === name
  if (some(value, isIt)) return true
  const found = ts.isExpression(value) ? survey.resolver.resolve(value) : null
  return found?.kind === 'value' && some(found.node, isIt)
}

/** It is listened to, made part of another signal, or given to a function that may do so. */
function isUsedOtherwise(at: TS.ParameterDeclaration, name: string): boolean {
  return some(at.parent, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name || node === at.name) return false
    const { parent } = node
    if (ts.isBindingElement(parent) || ts.isParameter(parent)) return false
    return !(
      ts.isPropertyAccessExpression(parent) && /^(aborted|throwIfAborted|reason)$/.test(parent.name.text)
    )
  })
}

/** Its time is limited in another way. */
function isBounded(clients: Clients, call: OutboundCall): boolean {
  const guards = guardsAt(clients, call)
  return guards === null || TIMEOUTS.some((pattern) => (guards[pattern]?.state ?? 'absent') !== 'absent')
}
