/** Calls that wait on purpose, for a message or for as long as somebody listens: long polls, streams of events, watches. */
import { callOptions } from '../survey/call-options.js'
import type { GuardFacts } from '../../../../knowledge/libraries/guards.js'
import { nameMatches } from '../../../../knowledge/libraries.js'
import { findOption } from '../values/options.js'
import type { Resolver } from '../values/resolve.js'
import { calleeName, ts, type TS } from '../syntax/syntax.js'
import type { OutboundCall } from '../survey/survey.js'
import { valueOf } from '../values/values.js'

/** Whether a call is not asked for a guard. */
export function waits(call: OutboundCall, facts: GuardFacts, resolver: Resolver): boolean {
  return (
    facts.except.some((pattern) => nameMatches(pattern, call.method)) ||
    facts.exceptGiven.some((given) => isGiven(call, given, resolver))
  )
}

function isGiven(
  { node, shape }: OutboundCall,
  { made, option, texts }: GuardFacts['exceptGiven'][number],
  resolver: Resolver,
): boolean {
  const options =
    made.length === 0
      ? callOptions({ node, shape }, resolver)
      : node.arguments.flatMap((argument) => madeBy(argument, made, resolver))
  const found = findOption(options, option, resolver)
  if (found.state !== 'found' || !ts.isExpression(found.value)) return false
  const value = valueOf(found.value, resolver)
  if (texts.length > 0) return value.kind === 'text' && texts.includes(value.value)
  return !(value.kind === 'nothing' || (value.kind === 'number' && value.value === 0))
}

/** The arguments of `new ReceiveMessageCommand({ … })`. */
function madeBy(argument: TS.Expression, names: string[], resolver: Resolver): TS.Expression[] {
  const found = resolver.resolve(argument)
  const node = found.kind === 'value' ? found.node : null
  return node && ts.isNewExpression(node) && names.includes(calleeName(node))
    ? [...(node.arguments ?? [])]
    : []
}
