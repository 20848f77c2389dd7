/** Judges one guard of one client or call: the options written, the signal, chained calls, else the library's default. */
import type { Guard } from '../../../facts/code.js'
import { formatDuration } from '../../../facts/units.js'
import {
  defaultsFor,
  holdsFor,
  type GuardDefault,
  type GuardFacts,
  type GuardOption,
} from '../../../knowledge/libraries.js'
import { delayGuard } from './delays.js'
import { findOption, type Lookup } from './options.js'
import type { Resolver } from './resolve.js'
import { signalGuard } from './signals.js'
import { sourceOf, ts, type TS } from './syntax.js'
import { valueOf } from './values.js'

/** The arguments in which options may stand, and the versions they are read for. */
export interface Setting {
  /** The installed version, or a range that holds it; null when nothing says. */
  versions: string | null
  checked: string
  title: string
  create: readonly (TS.Expression | undefined)[]
  /** All arguments of the creation, for options that are one of them. */
  positional: readonly TS.Expression[]
  /** Null when there is no call at hand: the client as a whole. */
  call: readonly (TS.Expression | undefined)[] | null
  /** Expressions that hold the address. */
  urls: TS.Expression[]
  /** Whether a listener for an event ends the request. */
  hasListener(event: string): boolean
}

export function judge(facts: GuardFacts, setting: Setting, resolver: Resolver): Guard {
  const seen = writtenGuards(facts, setting, resolver)
  for (const state of ['present', 'delegated', 'unknown', 'inert', 'absent'] as const) {
    const found = seen.find((guard) => guard.state === state)
    if (found) return found
  }
  return byDefault(facts, setting, resolver)
}

function writtenGuards(facts: GuardFacts, setting: Setting, resolver: Resolver): Guard[] {
  const guards: Guard[] = []
  const add = (guard: Guard | null): void => void (guard && guards.push(guard))
  if (facts.signal && setting.call)
    add(
      fromLookup(findOption(setting.call, 'signal', resolver), 'signal', (value) =>
        signalGuard(value, resolver),
      ),
    )
  if (facts.signal && setting.call)
    add(
      fromLookup(findOption(setting.call, 'abortSignal', resolver), 'abortSignal', (value) =>
        signalGuard(value, resolver),
      ),
    )
  for (const option of facts.options) {
    if (!holdsFor(option.versions ?? '*', setting.versions, 'some')) continue
    if (option.argument !== undefined) {
      const argument = setting.positional[option.argument]
      if (argument && !ts.isObjectLiteralExpression(argument))
        add(fromOption(argument, option, facts, setting, resolver))
      continue
    }
    const name = option.option ?? ''
    for (const place of [
      option.where.includes('call') ? setting.call : null,
      option.where.includes('create') ? setting.create : null,
    ]) {
      if (place)
        add(
          fromLookup(findOption(place, name, resolver), name, (value) =>
            fromOption(value, option, facts, setting, resolver),
          ),
        )
    }
  }
  return guards
}

function fromLookup(
  found: Lookup,
  name: string,
  read: (value: TS.Expression | TS.MethodDeclaration) => Guard | null,
): Guard | null {
  if (found.state === 'none') return null
  if (found.state === 'found') return read(found.value)
  const reason = `${found.reason}, so \`${name}\` may be among it`
  return plain(found.delegated ? 'delegated' : 'unknown', reason)
}

function fromOption(
  value: TS.Expression | TS.MethodDeclaration,
  option: GuardOption,
  facts: GuardFacts,
  setting: Setting,
  resolver: Resolver,
): Guard | null {
  const name = option.option ?? 'argument'
  const source = sourceOf(value)
  if (option.reads === 'jitter' || option.reads === 'backoff')
    return delayGuard(value, option.reads, name, resolver)
  const written = option.inert !== undefined && option.needs.length === 0
  const companion = option.needs.some((other) => findOption(setting.create, other, resolver).state !== 'none')
  const guard = fromValue(value, option, name, resolver)
  if (!guard || guard.state !== 'present') return guard && { ...guard, source }
  if (!holdsFor(option.versions ?? '*', setting.versions, 'all'))
    return {
      ...plain('unknown', `whether \`${name}\` bounds anything depends on the version of ${setting.title}`),
      source,
    }
  if (written || (option.inert !== undefined && !companion))
    return { ...plain('inert', option.inert!), source }
  if (facts.listener && !setting.hasListener(facts.listener)) {
    return {
      ...plain(
        'inert',
        `\`${name}\` only emits \`${facts.listener}\`, and no listener for it destroys the request`,
      ),
      source,
    }
  }
  return { ...guard, source }
}

/** Null when the value says that nothing is set. */
function fromValue(
  node: TS.Expression | TS.MethodDeclaration,
  option: GuardOption,
  name: string,
  resolver: Resolver,
): Guard | null {
  const value = ts.isExpression(node) ? valueOf(node, resolver) : ({ kind: 'computed' } as const)
  switch (value.kind) {
    case 'nothing':
      return null
    case 'variable':
      return plain('unknown', `\`${name}\` is taken from ${value.name}, which the code does not set`)
    case 'delegated':
      return plain('delegated', `the caller gives \`${name}\``)
    case 'switch':
      return value.on
        ? explicit(`\`${name}\` is on`)
        : plain(
            option.unit === 'count' || option.reads === 'flag' ? 'absent' : 'inert',
            `\`${name}\` is switched off`,
          )
    case 'number':
      return fromNumber(value.value, value.note, option, name)
    default:
      return explicit(`\`${name}\` is written; its value is computed`)
  }
}

function fromNumber(value: number, note: string | null, option: GuardOption, name: string): Guard {
  const suffix = note ? `, ${note}` : ''
  if (option.unit === 'count' || option.unit === 'attempts') {
    if (value === Infinity) return plain('inert', `\`${name}\` is Infinity: no limit`)
    const retries = option.unit === 'attempts' ? value - 1 : value
    return retries > 0
      ? explicit(`\`${name}\` is ${value}${suffix}`, retries, 'count')
      : plain('absent', `\`${name}\` is ${value}`)
  }
  if (!(value > 0) || value === Infinity)
    return plain('inert', `\`${name}\` is ${value}, which means no limit`)
  const seconds = option.unit === 'ms' ? value / 1000 : value
  return explicit(`\`${name}\` is ${formatDuration(seconds)}${suffix}`, seconds, 's')
}

function byDefault(facts: GuardFacts, setting: Setting, resolver: Resolver): Guard {
  const [fallback, ...others] = defaultsFor(facts, setting.checked, setting.versions) ?? []
  if (!fallback)
    return plain('unknown', `the defaults of ${setting.title} ${setting.versions} were not checked`)
  if (others.length > 0) return undecided([fallback, ...others], setting)
  const guard = guardOf(fallback)
  return fallback.state === 'absent' ? fromUrl(facts, setting, resolver, guard) : guard
}

/** The version that runs decides, and nothing read says which it is. */
function undecided(defaults: GuardDefault[], { title, versions }: Setting): Guard {
  const which = versions === null ? 'is not known' : `is any of ${versions}`
  const each = defaults.map(({ reason, versions: range }) => `${reason} (${range})`).join('; or ')
  return plain('unknown', `the version of ${title} ${which}, and its default differs: ${each}`)
}

function guardOf({ state, tier, value, unit, reason }: GuardDefault): Guard {
  const amount = value === undefined ? null : unit === 'ms' ? value / 1000 : value
  return {
    state,
    tier: tier ?? null,
    value: amount,
    unit: amount === null ? null : unit === 'count' ? 'count' : 's',
    reason,
    source: null,
  }
}

/** A setting may stand in the address: literal addresses are read, others leave it open. */
function fromUrl(facts: GuardFacts, setting: Setting, resolver: Resolver, otherwise: Guard): Guard {
  const options = facts.options.filter(({ where }) => where.includes('url'))
  if (options.length === 0) return otherwise
  for (const url of setting.urls) {
    const value = valueOf(url, resolver)
    if (value.kind !== 'text')
      return plain(
        'unknown',
        `the address (${value.kind === 'variable' ? value.name : url.getText().slice(0, 60)}) is not in the code and may hold \`${options[0]!.option}\``,
      )
    for (const option of options) {
      const parameter = new RegExp(`[?&]${option.option!.replace(/\W/g, '\\$&')}=([^&]+)`).exec(value.value)
      if (parameter)
        return { ...fromNumber(Number(parameter[1]), null, option, option.option!), source: sourceOf(url) }
    }
  }
  return otherwise
}

export function plain(state: Guard['state'], reason: string): Guard {
  return { state, tier: null, value: null, unit: null, reason, source: null }
}

export function explicit(reason: string, value: number | null = null, unit: string | null = null): Guard {
  return { state: 'present', tier: 'explicit', value, unit, reason, source: null }
}
