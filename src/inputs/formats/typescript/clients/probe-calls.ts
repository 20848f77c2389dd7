/** Commands that only ask whether the other side is there: at the start, or for a health check. */
import type { Guard } from '../../../../facts/code.js'
import type { GuardFacts } from '../../../../knowledge/libraries/guards.js'
import { plain } from '../values/guard-values.js'
import type { OutboundCall } from '../survey/survey.js'
import { some, ts } from '../syntax/syntax.js'
import type { Guards } from '../survey/wrappers.js'

/** A guard of a probe goes by a name of its own, and belongs to the call: other calls may have it. */
export function probesApart(guards: Guards, call: OutboundCall): Guards {
  return Object.fromEntries(
    Object.entries(guards).map(([pattern, guard]): [string, Guard] => {
      const facts = call.client.library.guards[pattern]
      return facts?.probes && isProbe(call, facts)
        ? [facts.probes.as, { ...guard, source: null }]
        : [pattern, guard]
    }),
  )
}

/** Of a client that only probes were seen to call: who sends its other commands may bound each of them. */
export function unlessOnlyProbed(guard: Guard, facts: GuardFacts | undefined, calls: OutboundCall[]): Guard {
  if (guard.state !== 'absent' || !facts?.probes || !calls.every((call) => isProbe(call, facts))) return guard
  return plain(
    'unknown',
    `only \`${calls[0]!.method}\` was seen to be called: do its other commands have a timeout?`,
  )
}

function isProbe({ method, node }: OutboundCall, { probes }: GuardFacts): boolean {
  const { commands = [], through = [] } = probes ?? {}
  if (!through.includes(method)) return commands.includes(method)
  // `sendCommand(undefined, true, ['PING'])`: the first text is the command.
  let command: string | null = null
  node.arguments.some((argument) =>
    some(argument, (at) => {
      if (ts.isStringLiteralLike(at)) command ??= at.text.toLowerCase()
      return command !== null
    }),
  )
  return command !== null && commands.includes(command)
}
