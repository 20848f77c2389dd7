/** Judges one guard of one client or call: the options written, the signal, chained calls, else the library's default. */
import { GUARD_STATES } from '../../../../facts/guard-states.js'
import type { Guard } from '../../../../facts/code.js'
import type { GuardDefault, GuardFacts, GuardOption } from '../../../../knowledge/libraries/guards.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { defaultsFor, holdsFor } from '../../../../knowledge/libraries/versions.js'
import { fromAddress, type AddressSeen } from '../values/address-settings.js'
import { delayGuard } from '../values/delays.js'
import { asksGuard, listGuard } from '../values/asked-conditions.js'
import { partsGuard } from '../values/part-settings.js'
import { setsGuard } from '../values/setting-functions.js'
import { amountOf, fromValue, NO_AMOUNT, plain } from '../values/guard-values.js'
import type { Lookup } from '../values/lookups.js'
import { findOption } from '../values/options.js'
import type { Resolver } from '../values/resolve.js'
import { factsGiven } from './given-defaults.js'
import { signalGuard } from '../values/signals.js'
import { calleeName, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

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
  /** The calls by which the client that is called was derived from the one that was made, the outer one last. */
  derivations: readonly TS.CallExpression[]
  /** What is known of the address, where settings may stand as well. */
  addresses(): AddressSeen[]
  /** Whether a listener for an event ends the request. */
  hasListener(event: string): boolean
  /** Whether what is called has an effect outside, as a POST has. */
  hasEffect: boolean
}

/** The guards that are asked about: of some only where another is there, as jitter where retries are, however many. */
export function askedOf(guards: Record<string, Guard>, facts: Record<string, GuardFacts>): typeof guards {
  const isAsked = ([pattern]: [string, Guard]): boolean => {
    const when = facts[pattern]?.when
    return when === undefined || ['present', 'delegated'].includes(guards[when]?.state ?? '')
  }
  return Object.fromEntries(Object.entries(guards).filter(isAsked))
}

const BEST_FIRST = [...GUARD_STATES].reverse()

export function judge(facts: GuardFacts, setting: Setting, resolver: Resolver): Guard {
  const seen = writtenGuards(facts, setting, resolver)
  // One option may take away what another sets.
  const order = facts.options.some(({ lifts }) => lifts !== undefined) ? GUARD_STATES : BEST_FIRST
  for (const state of order) {
    const found = seen.find((guard) => guard.state === state)
    if (found) return found
  }
  return byDefault(factsGiven(facts, setting.create, resolver), setting, resolver)
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
    if (option.of.length > 0) {
      add(fromDerivation(option, facts, setting, resolver))
      continue
    }
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

/** What was given to a method by which the client was derived: the last one counts. */
function fromDerivation(
  option: GuardOption,
  facts: GuardFacts,
  setting: Setting,
  resolver: Resolver,
): Guard | null {
  const given = setting.derivations.findLast((call) => option.of.includes(calleeName(call)))?.arguments
  if (!given) return null
  const read = (value: TS.Expression | TS.MethodDeclaration): Guard | null =>
    fromOption(value, option, facts, setting, resolver)
  if (option.option !== undefined)
    return fromLookup(findOption(given, option.option, resolver), option.option, read)
  const argument = given[option.argument ?? 0]
  return argument ? read(argument) : null
}

function fromLookup(
  found: Lookup,
  name: string,
  read: (value: TS.Expression | TS.MethodDeclaration) => Guard | null,
): Guard | null {
  if (found.state === 'none') return null
  if (found.state === 'found') return read(found.value)
  const reason = `${found.reason}, so \`${name}\` may be set there`
  return plain(found.delegated ? 'delegated' : 'unknown', reason)
}

function fromOption(
  value: TS.Expression | TS.MethodDeclaration,
  option: GuardOption,
  facts: GuardFacts,
  setting: Setting,
  resolver: Resolver,
): Guard | null {
  const name = option.option ?? option.of[0] ?? 'argument'
  const source = sourceOf(value)
  if (option.reads === 'jitter' || option.reads === 'backoff')
    return delayGuard(value, option, name, resolver)
  // Where a number may be given instead of a function, nothing is asked.
  if (option.reads === 'asks' && ts.isExpression(value) && valueOf(value, resolver).kind === 'number')
    return null
  if (option.reads === 'asks') return { ...asksGuard(value, option, name, resolver), source }
  if (option.reads === 'sets') return setsGuard(value, option, name, resolver)
  if (option.reads === 'parts') return partsGuard(value, option, name, resolver)
  if (option.reads === 'lists') return { ...listGuard(value, option, name, resolver), source }
  const written = option.inert !== undefined && option.needs.length === 0
  const companion = option.needs.some((other) => findOption(setting.create, other, resolver).state !== 'none')
  const guard = fromValue(value, option, name, resolver)
  // What has no effect has none for any value.
  if (written && (guard?.state === 'unknown' || guard?.state === 'delegated'))
    return { ...plain('inert', option.inert!), source }
  if (!guard || guard.state !== 'present') return guard && { ...guard, source }
  if (!holdsFor(option.versions ?? '*', setting.versions, 'all'))
    return {
      ...plain('unknown', `whether \`${name}\` bounds anything depends on the version of ${setting.title}`),
      source,
    }
  if (sparesCall(option, setting, resolver))
    return { ...plain(isWrittenAtCall(value, setting) ? 'inert' : 'absent', option.spares!.reason), source }
  if (option.partly !== undefined) return { ...plain('unknown', option.partly), source }
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

/** The option does not reach this call: it is one with an effect, and nothing beside the option takes these in. */
function sparesCall({ spares }: GuardOption, setting: Setting, resolver: Resolver): boolean {
  if (!spares || !setting.hasEffect) return false
  const places = [...setting.create, ...(setting.call ?? [])]
  return spares.unless.every((other) => findOption(places, other, resolver).state === 'none')
}

/** Whoever writes it at the call itself means this call, unlike what a client holds for all of its calls. */
function isWrittenAtCall(value: TS.Node, { call }: Setting): boolean {
  const file = value.getSourceFile()
  return (call ?? []).some(
    (given) =>
      given !== undefined &&
      given.getSourceFile() === file &&
      given.pos <= value.pos &&
      value.end <= given.end,
  )
}

function byDefault(facts: GuardFacts, setting: Setting, resolver: Resolver): Guard {
  const [fallback, ...others] = defaultsFor(facts, setting.checked, setting.versions) ?? []
  if (!fallback)
    return plain(
      'unknown',
      `the defaults of ${setting.title} were not checked for all of ${setting.versions}`,
    )
  if (others.length > 0) return undecided([fallback, ...others], setting)
  const guard = guardOf(fallback, setting)
  if (fallback.state !== 'absent') return guard
  return fromAddress(facts, setting.addresses, guard, {
    isTuned: () => isTunedInCode(setting, resolver),
    isMentioned: (names) => resolver.modules.mentions.any(names),
  })
}

/** Whoever sizes and bounds a client in the code does so there: `{ connectionString, max: 20, idleTimeoutMillis: 5000 }`. */
function isTunedInCode({ create }: Setting, resolver: Resolver): boolean {
  return codeWords().tuning.some((name) => findOption(create, name, resolver).state === 'found')
}

/** The version that runs decides, and nothing read says which it is. */
function undecided(defaults: GuardDefault[], { title, versions }: Setting): Guard {
  const which = versions === null ? 'is not known' : `is any of ${versions}`
  const each = defaults.map(({ reason, versions: range }) => `${reason} (${range})`).join('; or ')
  return plain('unknown', `the version of ${title} ${which}, and its default differs: ${each}`)
}

function guardOf({ state, tier, value, unit, reason, spares }: GuardDefault, setting: Setting): Guard {
  if (spares !== undefined && setting.hasEffect) return plain('absent', spares)
  return {
    state,
    tier: tier ?? null,
    ...(value === undefined ? NO_AMOUNT : amountOf(value, unit)),
    reason,
    source: null,
  }
}
