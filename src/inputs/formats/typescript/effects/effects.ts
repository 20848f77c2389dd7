/** Calls whose repetition is seen outside: a second order, mail or charge. */
import { asksOnly } from './asking-requests.js'
import { callersOf } from '../survey/named-callers.js'
import { callOptions } from '../survey/call-options.js'
import { findOption } from '../values/options.js'
import type { Resolver } from '../values/resolve.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { enclosingFunction, some, ts, type TS } from '../syntax/syntax.js'
import { isTelemetry } from './telemetry.js'
import { asksForToken } from './token-requests.js'
import { valueOf } from '../values/values.js'

const NOT_IDEMPOTENT = /^(POST|PATCH)$/i
const METHOD = /^(GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)$/i
const MAX_CALLERS = 2

/** A call with an effect, or `open` when its method comes from callers of which none was seen to give POST or PATCH. */
export type Effect = SeenEffect | { kind: 'open'; node: TS.Node }

export interface SeenEffect {
  kind: 'seen'
  node: TS.Node
  name: string
  /** Options by which the receiver recognises a repeated call, where the library has some. */
  keys: readonly string[]
}

export function effectOf(call: OutboundCall, survey: Survey): Effect | null {
  const { effects, title } = call.client.library
  if (!effects || isTelemetry(call, survey) || asksForToken(call, survey)) return null
  if (effects.methods.includes(call.method))
    return asksOnly(call, survey)
      ? null
      : { kind: 'seen', node: call.node, name: `\`${call.method}\` of ${title}`, keys: effects.keys }
  if (effects.option === undefined || hasOwnMethod(call)) return null
  const written = methodOf(call, effects.option, survey)
  if (written === null) return null
  const here = {
    kind: 'seen',
    node: call.node,
    name: `A ${written} of ${title}`,
    keys: effects.keys,
  } as const
  if (asksOnly(call, survey)) return null
  if (written !== 'open') return NOT_IDEMPOTENT.test(written) ? here : null
  return saidOnTheWay(call, effects.option, survey)
}

/** As written, or as the calls give it through which it is reached; null where nobody says one. */
function methodOf(call: OutboundCall, option: string, survey: Survey): string | null {
  const resolver = survey.resolver.under(call.given ?? [])
  const written = methodIn(callOptions(call, resolver), option, resolver)
  return written === 'none' ? null : written
}

/** Where the value could not be followed: a method that is written in a call on the way, or given by who calls the outer one. */
function saidOnTheWay(call: OutboundCall, option: string, survey: Survey): Effect | null {
  const way = (call.given ?? []).map((given) => given.call).filter(ts.isCallExpression)
  for (const each of way) {
    const said = saidIn(each, option, survey)
    if (said) return NOT_IDEMPOTENT.test(said) ? ofCaller(each, said) : null
    if (methodIn(each.arguments, option, survey.resolver) === 'none')
      return isSilent(each) ? null : { kind: 'open', node: call.node }
  }
  const caller = callerWithEffect(enclosingFunction(way.at(-1) ?? call.node), option, survey, 0)
  return caller ?? { kind: 'open', node: call.node }
}

/** `get` and its like; `request`, `fetch` and calls of the client itself get their method from an option. */
function hasOwnMethod({ method, client, shape }: OutboundCall): boolean {
  return (
    !shape.methods.includes('') && method !== 'request' && method !== client.library.id && method !== 'fetch'
  )
}

/** Its arguments are written out, and no text among them is a method, under whatever name. */
function isSilent({ arguments: given }: TS.CallExpression): boolean {
  const isMethod = (node: TS.Node): boolean => ts.isStringLiteralLike(node) && METHOD.test(node.text)
  return given.length > 0 && !given.some((argument) => some(argument, isMethod))
}

/** The method in an options object; `open` when it may come from elsewhere. */
function methodIn(
  options: readonly (TS.Expression | undefined)[],
  name: string,
  resolver: Resolver,
): string | 'open' | 'none' {
  const found = findOption(options, name, resolver)
  if (found.state !== 'found') return found.state
  if (!ts.isExpression(found.value)) return 'open'
  const value = valueOf(found.value, resolver)
  return value.kind === 'text' ? value.value.toUpperCase() : 'open'
}

/** A caller, or a caller of it, that says POST or PATCH. */
function callerWithEffect(
  owner: TS.FunctionLikeDeclaration | null,
  option: string,
  survey: Survey,
  depth: number,
): SeenEffect | null {
  for (let at = owner; at; at = enclosingFunction(at)) {
    const callers = callersOf(at, survey)
    for (const call of callers) {
      const said = saidIn(call, option, survey)
      if (said && NOT_IDEMPOTENT.test(said)) return ofCaller(call, said)
    }
    if (depth >= MAX_CALLERS) continue
    for (const call of callers) {
      const further = callerWithEffect(enclosingFunction(call), option, survey, depth + 1)
      if (further) return further
    }
  }
  return null
}

function ofCaller(node: TS.Node, method: string): SeenEffect {
  return { kind: 'seen', node, name: `A ${method.toUpperCase()} of a caller`, keys: [] }
}

/** The method that a call says: in its options, or as an argument of its own. */
function saidIn(call: TS.CallExpression, option: string, survey: Survey): string | null {
  const said = [methodIn(call.arguments, option, survey.resolver), ...textsOf(call, survey)]
  return said.find((text) => METHOD.test(text)) ?? null
}

function textsOf(call: TS.CallExpression, survey: Survey): string[] {
  return call.arguments.flatMap((argument) => {
    const value = valueOf(argument, survey.resolver)
    return value.kind === 'text' ? [value.value] : []
  })
}
