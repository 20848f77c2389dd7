/** How many connections a client keeps open: by the options of its creation, else by the default of its library. */
import type { PoolSize } from '../../../../facts/code.js'
import type { PoolFacts } from '../../../../knowledge/libraries/pools.js'
import { creationArguments } from '../survey/creation-arguments.js'
import type { ClientSeen } from '../survey/client-seen.js'
import { enclosingFunction, ts } from '../syntax/syntax.js'
import type { Made } from '../values/callees.js'
import type { Lookup } from '../values/lookups.js'
import { findOption } from '../values/options.js'
import type { Resolver } from '../values/resolve.js'
import { valueOf } from '../values/values.js'

export function poolSizeOf(seen: ClientSeen, made: Made, given: Resolver): PoolSize | null {
  const facts = seen.library.pool
  if (!facts) return null
  if (facts.single.includes(seen.by)) return oneConnection(seen.by, made)
  if (facts.only && !facts.only.includes(seen.by)) return null
  const resolver = given.under(seen.given ?? [])
  const args = creationArguments(seen.creation, made, resolver)
  const options = (seen.creation?.options ?? []).map((index) => args[index])
  if (facts.heldBy.some((option) => findOption(options, option, resolver).state !== 'none')) return null
  for (const option of facts.options) {
    const written = sizeWritten(option, findOption(options, option, resolver), facts, resolver)
    if (written) return written
  }
  return size(facts.connections ?? null, facts.reason, facts.parameters)
}

/** A connection that a function opens is opened as often as that is called. */
function oneConnection(by: string, made: Made): PoolSize {
  const isOnce = enclosingFunction(made) === null
  return isOnce
    ? size(1, `\`${by}\` is one connection`)
    : size(null, `\`${by}\` is one connection per call of it`)
}

function size(connections: number | null, reason: string, parameters: string[] = []): PoolSize {
  return { connections, variable: null, parameters, reason }
}

/** Null when the option is not written. */
function sizeWritten(
  option: string,
  found: Lookup,
  { parameters }: PoolFacts,
  resolver: Resolver,
): PoolSize | null {
  if (found.state === 'none') return null
  if (found.state === 'open') return size(null, `${found.reason}, so \`${option}\` may be set there`)
  const value = ts.isExpression(found.value) ? valueOf(found.value, resolver) : null
  if (value?.kind === 'nothing') return null
  if (value?.kind === 'variable')
    return { ...size(null, `\`${option}\` is taken from ${value.name}`), variable: value.name }
  const number = value?.kind === 'number' ? value : null
  const isCertain = number !== null && (number.note === null || number.unless !== undefined)
  if (!isCertain || !Number.isFinite(number.value))
    return size(null, `\`${option}\` is set; its value is computed`, parameters)
  const suffix = number.note === null ? '' : `, ${number.note}`
  return {
    ...size(number.value, `\`${option}\` is ${number.value}${suffix}`),
    variable: number.unless ?? null,
  }
}
