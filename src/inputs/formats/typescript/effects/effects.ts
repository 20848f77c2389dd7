/** Calls whose repetition is seen outside: a second order, mail or charge. */
import { callersOf } from '../survey/named-callers.js'
import { callOptions } from '../survey/call-options.js'
import { findOption } from '../values/options.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { enclosingFunction, ts, type TS } from '../syntax/syntax.js'
import { isTelemetry } from './telemetry.js'
import { valueOf } from '../values/values.js'

const NOT_IDEMPOTENT = /^(POST|PATCH)$/i
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
  if (!effects || isTelemetry(call, survey)) return null
  if (effects.methods.includes(call.method))
    return { kind: 'seen', node: call.node, name: `\`${call.method}\` of ${title}`, keys: effects.keys }
  if (effects.option === undefined || hasOwnMethod(call)) return null
  const given = callOptions(call, survey.resolver)
  const written = methodIn(given, effects.option, survey)
  if (written === null || written === 'none') return null
  const here = {
    kind: 'seen',
    node: call.node,
    name: `A ${written} of ${title}`,
    keys: effects.keys,
  } as const
  if (written !== 'open') return NOT_IDEMPOTENT.test(written) ? here : null
  const caller = callerWithEffect(enclosingFunction(call.node), effects.option, survey, 0)
  return caller ? { kind: 'seen', ...caller, keys: [] } : { kind: 'open', node: call.node }
}

/** `get` and its like; `request`, `fetch` and calls of the client itself get their method from an option. */
function hasOwnMethod({ method, client, shape }: OutboundCall): boolean {
  return (
    !shape.methods.includes('') && method !== 'request' && method !== client.library.id && method !== 'fetch'
  )
}

/** The method in an options object; `open` when it may come from elsewhere. */
function methodIn(
  options: readonly (TS.Expression | undefined)[],
  name: string,
  survey: Survey,
): string | 'open' | 'none' {
  const found = findOption(options, name, survey.resolver)
  if (found.state !== 'found') return found.state
  if (!ts.isExpression(found.value)) return 'open'
  const value = valueOf(found.value, survey.resolver)
  return value.kind === 'text' ? value.value.toUpperCase() : 'open'
}

/** A caller, or a caller of it, that says POST or PATCH: in its options, or as an argument of its own. */
function callerWithEffect(
  owner: TS.FunctionLikeDeclaration | null,
  option: string,
  survey: Survey,
  depth: number,
): { node: TS.Node; name: string } | null {
  for (let at = owner; at; at = enclosingFunction(at)) {
    const callers = callersOf(at, survey)
    for (const call of callers) {
      const method = [methodIn(call.arguments, option, survey), ...textsOf(call, survey)].find((text) =>
        NOT_IDEMPOTENT.test(text),
      )
      if (method) return { node: call, name: `A ${method.toUpperCase()} of a caller` }
    }
    if (depth >= MAX_CALLERS) continue
    for (const call of callers) {
      const further = callerWithEffect(enclosingFunction(call), option, survey, depth + 1)
      if (further) return further
    }
  }
  return null
}

function textsOf(call: TS.CallExpression, survey: Survey): string[] {
  return call.arguments.flatMap((argument) => {
    const value = valueOf(argument, survey.resolver)
    return value.kind === 'text' ? [value.value] : []
  })
}
