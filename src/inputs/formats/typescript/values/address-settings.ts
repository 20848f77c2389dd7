/** Settings that stand in the address of a client: in the code, or where the repository writes down what a variable holds. */
import type { Guard } from '../../../../facts/code.js'
import type { Source } from '../../../../facts/source.js'
import type { Library } from '../../../../knowledge/libraries.js'
import type { GuardFacts, GuardOption } from '../../../../knowledge/libraries/guards.js'
import { explicit, fromNumber, plain } from './guard-values.js'
import { isHandedOver } from './handed-addresses.js'
import type { Modules } from '../modules/modules.js'
import type { Resolver } from './resolve.js'
import { bare, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { readFromConfiguration, variableOf } from './targets.js'
import { valueOf } from './values.js'
import type { WrittenAddress } from '../syntax/written-addresses.js'

const MAX_DEPTH = 8

export type AddressSeen =
  | { kind: 'text'; text: string; source: Source }
  | { kind: 'written'; variable: string; all: WrittenAddress[] }
  /** `isHandedOver`: as the environment has it, with nothing added on the way. */
  | { kind: 'file' }
  | { kind: 'unseen'; what: string; isHandedOver: boolean }

/** `urls`: the expressions that hold it; a library without any may say which file names its variable. */
export function addressesSeen(
  urls: TS.Expression[],
  { addressIn, schemes }: Library,
  path: string,
  modules: Modules,
  resolver: Resolver,
): AddressSeen[] {
  const folder = modules.packageOf(path)?.folder ?? ''
  const written = (variable: string | null, what: string, isHandedOver: boolean): AddressSeen => {
    const found = variable === null ? [] : modules.addresses.of(variable, folder)
    const all = found.filter(({ text }) => schemes.length === 0 || schemes.includes(schemeOf(text)))
    return variable !== null && all.length > 0
      ? { kind: 'written', variable, all }
      : { kind: 'unseen', what, isHandedOver }
  }
  if (urls.length === 0 && addressIn) {
    const { file, embedded, variable: named } = addressIn
    if (embedded && modules.addresses.allSay(file, embedded, named, folder)) return [{ kind: 'file' }]
    const variables = modules.addresses.variablesIn(addressIn.file, addressIn.variable, folder)
    const seen = variables.map((variable) => written(variable, variable, true))
    // Of schemas for several databases one runs, mostly that whose address is written down.
    const known = seen.filter(({ kind }) => kind === 'written')
    return known.length > 0
      ? known
      : [seen[0] ?? { kind: 'unseen', what: 'in the environment', isHandedOver: true }]
  }
  return urls.map((url) => {
    const value = valueOf(url, resolver)
    if (value.kind === 'text') return { kind: 'text', text: value.value, source: sourceOf(url) }
    const variable =
      value.kind === 'variable' ? value.name : isMade(url, resolver) ? null : variableOf(url, resolver)
    const what = value.kind === 'variable' ? value.name : url.getText().slice(0, 60)
    return written(variable, what, isHandedOver(url, resolver))
  })
}

/** Put together, or handed through a function: what is added to the variable may be the setting. */
function isMade(url: TS.Expression, resolver: Resolver, depth = 0): boolean {
  const node = bare(url)
  if (depth > MAX_DEPTH) return true
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken
    const isChoice = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken
    return !isChoice || isMade(node.left, resolver, depth + 1)
  }
  if (ts.isTemplateExpression(node)) return true
  if (ts.isCallExpression(node)) return readFromConfiguration(node) === null
  const found = resolver.resolve(node)
  const followed = found.kind === 'value' && found.node !== node ? found.node : null
  return followed !== null && ts.isExpression(followed) && isMade(followed, resolver, depth + 1)
}

function schemeOf(address: string): string {
  return address.slice(0, address.indexOf(':')).toLowerCase()
}

interface Surroundings {
  isTuned(): boolean
  isMentioned(names: string[]): boolean
}

/**
 * Literal addresses are read, and those that the repository writes down; others leave it open. `isTuned`: the code sets what the
 * client is bounded by beside its address, and could set this there; `isMentioned`: of names that set it, whether any is written.
 */
export function fromAddress(
  facts: GuardFacts,
  addresses: () => AddressSeen[],
  otherwise: Guard,
  { isTuned, isMentioned }: Surroundings,
): Guard {
  const options = facts.options.filter(({ where }) => where.includes('url'))
  if (options.length === 0) return otherwise
  for (const address of addresses()) {
    const isMissing = (): boolean => isTuned() && !isMentioned(namesOf(facts))
    const guard = inAddress(address, options, otherwise, isMissing)
    if (guard) return guard
  }
  return otherwise
}

function inAddress(
  address: AddressSeen,
  options: GuardOption[],
  otherwise: Guard,
  isMissing: () => boolean,
): Guard | null {
  if (address.kind === 'file') return plain('delegated', 'the database is a file: nothing is waited for')
  if (address.kind === 'written') return inWritten(address, options, otherwise)
  if (address.kind === 'text') {
    const set = parameterOf(address.text, options)
    return set && { ...set, source: address.source }
  }
  const isAtCreation = options.some(({ where }) => where.includes('create'))
  if (isAtCreation && address.isHandedOver && isMissing())
    return {
      ...otherwise,
      reason: `${otherwise.reason ?? ''}, and what the code sets beside the address (${address.what}) does not either`,
    }
  return plain(
    'unknown',
    `the address (${address.what}) is not in the code and may hold \`${nameInUrl(options[0]!)}\``,
  )
}

/** All names by which it may be set: a flag says nothing by its own name, but by what it holds. */
function namesOf({ options, statements, variables }: GuardFacts): string[] {
  const named = options.filter(({ reads, option }) => reads !== 'flag' && option !== undefined)
  return [...named.map(nameInUrl), ...statements, ...variables]
}

/** What is written for something that runs decides; an example or a developer's setting says what to ask. */
function inWritten(
  { variable, all }: AddressSeen & { kind: 'written' },
  options: GuardOption[],
  otherwise: Guard,
): Guard {
  const running = all.filter(({ runs }) => runs)
  const seen = running.length > 0 ? running : all
  const names = options.map((option) => `\`${nameInUrl(option)}\``).join(' or ')
  const set = seen.map(({ text }) => parameterOf(text, options))
  const without = seen.find((_, index) => set[index] === null)
  const first = set.find((guard) => guard !== null)
  if (running.length === 0)
    return plain(
      'unknown',
      `\`${variable}\` as ${placeOf(seen[0]!)} has it holds ${first ? '' : 'no '}${names}, but that address is not a deployed one: what does the one in production hold?`,
    )
  if (!without)
    return { ...first!, reason: `${first!.reason ?? ''} in \`${variable}\` as ${placeOf(seen[0]!)} has it` }
  return first
    ? plain(
        'unknown',
        `\`${variable}\` holds ${names} in some files, and not in ${placeOf(without)}: which one runs?`,
      )
    : {
        ...otherwise,
        reason: `${otherwise.reason ?? ''}, and \`${variable}\` as ${placeOf(without)} has it holds no ${names}`,
      }
}

const placeOf = ({ path, line }: WrittenAddress): string => `${path}:${line}`

function parameterOf(address: string, options: GuardOption[]): Guard | null {
  for (const option of options) {
    const name = nameInUrl(option)
    const parameter = new RegExp(`[?&]${name}=([^&]+)`).exec(address)
    if (!parameter) continue
    const value = decoded(parameter[1]!)
    if (option.reads === 'flag') {
      if (option.holds === undefined || value.includes(option.holds))
        return explicit(`\`${name}\` is written`)
    } else if (Number.isNaN(Number(value)))
      return plain('unknown', `\`${name}\` in the address is ${value.slice(0, 40)}, which is no number`)
    else return fromNumber(Number(value), null, option, name)
  }
  return null
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** What lies in an object of options has no such object around it in an address. */
function nameInUrl({ option = '' }: GuardOption): string {
  return option.slice(option.lastIndexOf('.') + 1)
}
