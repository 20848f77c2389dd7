/** What the value written for an option says of a guard. */
import type { Guard } from '../../../../facts/code.js'
import { formatDuration } from '../../../../facts/units.js'
import type { GuardOption } from '../../../../knowledge/libraries/guards.js'
import type { Resolver } from './resolve.js'
import { ts, type TS } from '../syntax/syntax.js'
import { valueOf, type Value } from './values.js'

export type Amount = Pick<Guard, 'value' | 'unit'>

export const NO_AMOUNT: Amount = { value: null, unit: null }

/** Null when the value says that nothing is set. */
export function fromValue(
  node: TS.Expression | TS.MethodDeclaration,
  option: GuardOption,
  name: string,
  resolver: Resolver,
): Guard | null {
  if (option.lifts !== undefined) return lifted(node, option.lifts, name, resolver)
  const value: Value = ts.isExpression(node) ? valueOf(node, resolver) : { kind: 'computed' }
  switch (value.kind) {
    case 'nothing':
      return null
    case 'variable':
      return plain('unknown', `\`${name}\` is taken from ${value.name}, which the code does not set`)
    case 'delegated':
      return plain('delegated', `the caller passes \`${name}\``)
    case 'switch':
      return value.on ? explicit(`\`${name}\` is on`) : switchedOff(option, name)
    case 'text':
      return option.off.includes(value.value)
        ? switchedOff(option, name)
        : explicit(`\`${name}\` is set; its value is computed`)
    case 'number':
      return fromNumber(value.value, value.note, option, name)
    default:
      return explicit(`\`${name}\` is set; its value is computed`)
  }
}

/** An option that takes away what protects without it. */
function lifted(
  node: TS.Expression | TS.MethodDeclaration,
  reason: string,
  name: string,
  resolver: Resolver,
): Guard | null {
  const value: Value = ts.isExpression(node) ? valueOf(node, resolver) : { kind: 'computed' }
  if (value.kind === 'nothing' || (value.kind === 'switch' && !value.on)) return null
  if (value.kind === 'number' && value.value === 0) return null
  return value.kind === 'switch' || value.kind === 'number'
    ? plain('absent', reason)
    : plain('unknown', `\`${name}\` is computed: ${reason}`)
}

function switchedOff(option: GuardOption, name: string): Guard {
  const asksForLimit = (option.unit === 'ms' || option.unit === 's') && option.reads !== 'flag'
  return plain(asksForLimit ? 'inert' : 'absent', `\`${name}\` is switched off`)
}

export function fromNumber(value: number, note: string | null, option: GuardOption, name: string): Guard {
  if (option.unit === 'retries' || option.unit === 'attempts') return fromTries(value, note, option, name)
  const suffix = note ? `, ${note}` : ''
  if (option.unit === 'count') {
    if (value === Infinity) return plain('inert', `\`${name}\` is Infinity: no limit`)
    return value > 0
      ? explicit(`\`${name}\` is ${value}${suffix}`, amountOf(value, option.unit))
      : plain('absent', `\`${name}\` is ${value}`)
  }
  if (!(value > 0) || value === Infinity)
    return plain('inert', `\`${name}\` is ${value}, which means no limit`)
  const amount = amountOf(value, option.unit)
  return explicit(`\`${name}\` is ${formatDuration(amount.value!)}${suffix}`, amount)
}

/** As the number of retries there are none, some, or no end of them; as their limit any number but Infinity is one. */
function fromTries(
  value: number,
  note: string | null,
  { unit, reads, endless }: GuardOption,
  name: string,
): Guard {
  const amount = amountOf(value, unit)
  if (value === Infinity || value === endless)
    return reads === 'bound'
      ? plain('inert', `\`${name}\` is ${value}: no limit`)
      : explicit(`\`${name}\` is ${value}: there is no last attempt`)
  if (reads === 'number' && !(amount.value! > 0)) return plain('absent', `\`${name}\` is ${value}`)
  return explicit(`\`${name}\` is ${value}${note ? `, ${note}` : ''}`, amount)
}

/** Seconds, or a count; of attempts the retries among them. */
export function amountOf(value: number, unit: GuardOption['unit']): Amount {
  switch (unit) {
    case 'ms':
      return { value: value / 1000, unit: 's' }
    case 's':
      return { value, unit: 's' }
    case 'attempts':
      return { value: value - 1, unit: 'count' }
    case 'retries':
    case 'count':
      return { value, unit: 'count' }
  }
}

export function plain(state: Guard['state'], reason: string): Guard {
  return { state, tier: null, ...NO_AMOUNT, reason, source: null }
}

export function explicit(reason: string, amount: Amount = NO_AMOUNT): Guard {
  return { state: 'present', tier: 'explicit', ...amount, reason, source: null }
}
