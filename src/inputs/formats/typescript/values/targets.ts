/** Who is called: the host of a literal address, the environment variable that holds it, or the library's own name. */
import type { Target } from '../../../../facts/code.js'
import { variableReadBy } from '../modules/environment-readers.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Library } from '../../../../knowledge/libraries.js'
import { findOption } from './options.js'
import type { Resolved } from '../modules/resolved.js'
import type { Resolver } from './resolve.js'
import { bare, ts, walk, type TS } from '../syntax/syntax.js'
import { hostParts } from '../syntax/url-parts.js'
import { valueOf } from './values.js'

type Place = { option?: string | undefined; argument?: number | undefined }

const MAX_DEPTH = 6

export function targetOf(
  places: readonly Place[],
  args: readonly TS.Expression[],
  library: Library,
  resolver: Resolver,
): Target {
  const target: Target = { host: null, variable: null, name: library.name ?? null, text: null }
  for (const place of places) {
    const address = addressAt(place, args, resolver)
    if (!address) continue
    target.text ??= address.getText().slice(0, 120)
    Object.assign(target, addressed(address, resolver))
    if (isKnown(target)) break
  }
  return target
}

/** Whether it says who is called. */
export function isKnown({ host, variable, name }: Target): boolean {
  return host !== null || variable !== null || name !== null
}

/** Where several addresses are possible, a literal one is what holds when the variable is not set. */
function addressed(address: TS.Expression, resolver: Resolver): Pick<Target, 'host' | 'variable'> {
  const isChosen = resolver.resolve(address).or !== undefined
  const first = isChosen ? variableOf(address, resolver) : null
  if (first !== null) return { host: null, variable: first }
  const host = hostOf(address, resolver)
  return { host, variable: host === null ? variableOf(address, resolver) : null }
}

/** The expressions that hold the address, for settings that may stand in it. */
export function urlsOf(
  places: readonly Place[],
  args: readonly TS.Expression[],
  resolver: Resolver,
): TS.Expression[] {
  return places.flatMap((place) => {
    if (place.option !== undefined && !codeWords().addressOptions.test(place.option)) return []
    const address = addressAt(place, args, resolver)
    return address ? [address] : []
  })
}

function addressAt(place: Place, args: readonly TS.Expression[], resolver: Resolver): TS.Expression | null {
  if (place.argument !== undefined) {
    const argument = args[place.argument]
    return argument && !ts.isObjectLiteralExpression(bare(argument)) ? argument : null
  }
  const found = findOption(args, place.option ?? '', resolver)
  return found.state === 'found' && ts.isExpression(found.value) ? found.value : null
}

function hostOf(address: TS.Expression, resolver: Resolver, depth = 0): string | null {
  if (depth > MAX_DEPTH) return null
  const inner = (part: TS.Expression | undefined): string | null =>
    part ? hostOf(part, resolver, depth + 1) : null
  const value = valueOf(address, resolver)
  if (value.kind === 'text') return hostIn(value.value)
  const node = bare(address)
  if (ts.isTemplateExpression(node))
    return node.head.text !== '' ? hostIn(node.head.text) : inner(node.templateSpans[0]?.expression)
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return inner(node.left)
  if (ts.isNewExpression(node) && node.arguments?.length) return inner(node.arguments.at(-1))
  if (ts.isArrayLiteralExpression(node) && node.elements[0]) return inner(node.elements[0])
  const found = resolver.resolve(node)
  const isBuilt = found.kind === 'value' && found.node !== node && ts.isTemplateExpression(found.node)
  return isBuilt ? inner(found.node as TS.TemplateExpression) : null
}

/** The host of `http://name:80/path`, `name:5432` or `name`; null for a path. */
function hostIn(text: string): string | null {
  const match =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?([A-Za-z0-9][A-Za-z0-9._-]*)(?::\d+)?(?:[/?#]|$)/.exec(text)
  return match ? match[1]!.toLowerCase() : null
}

/** The environment variable that an address is read from, or made of. */
export function variableOf(address: TS.Expression, resolver: Resolver, depth = 0): string | null {
  if (depth > MAX_DEPTH) return null
  const value = valueOf(address, resolver)
  if (value.kind === 'variable') return value.name
  let variable: string | null = null
  walk(address, (node) => {
    const hosts = variable === null ? hostParts(node) : []
    for (const host of hosts ?? []) variable ??= variableOf(host, resolver, depth + 1)
    if (hosts || isMemberName(node)) return false
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node) && !ts.isCallExpression(node))
      return true
    const { or = [], ...found } = resolver.resolve(node)
    for (const one of or.length > 0 ? or : [found])
      variable ??= variableIn(one, node, address, resolver, depth)
    return true
  })
  return variable
}

function isMemberName(node: TS.Node): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
}

function variableIn(
  found: Resolved,
  node: TS.Expression,
  address: TS.Expression,
  resolver: Resolver,
  depth: number,
): string | null {
  switch (found.kind) {
    case 'global':
      return /^process\.env\.(\w+)/.exec(found.name)?.[1] ?? null
    case 'value':
      if (ts.isCallExpression(found.node)) {
        const read = readFromConfiguration(found.node) ?? variableReadBy(found.node, resolver)?.name ?? null
        if (read !== null) return read
      }
      return found.node === node || found.node === address
        ? null
        : nestedVariable(found.node, resolver, depth)
    case 'library':
      return variableName(found.path.split('.').at(-1)!) ?? namedLikeVariable(node)
    case 'unknown':
      return namedLikeVariable(found.at ?? node)
    default:
      return namedLikeVariable(node)
  }
}

function namedLikeVariable(node: TS.Expression): string | null {
  return ts.isPropertyAccessExpression(node) ? variableName(node.name.text) : null
}

function variableName(name: string): string | null {
  return isVariableName(name) ? name : null
}

export function isVariableName(name: string): boolean {
  return codeWords().environmentVariables.test(name)
}

/** `config.get('CART_URL')`, `this.configService.getOrThrow<string>('CART_URL')`. */
export function readFromConfiguration(call: TS.CallExpression): string | null {
  const [key] = call.arguments
  const { configurations, configurationReaders } = codeWords()
  const { expression } = call
  if (!ts.isPropertyAccessExpression(expression) || !key || !ts.isStringLiteralLike(key)) return null
  const reads =
    configurationReaders.test(expression.name.text) && configurations.test(lastName(expression.expression))
  return reads ? variableName(key.text) : null
}

function lastName(expression: TS.Expression): string {
  const node = bare(expression)
  return ts.isPropertyAccessExpression(node) ? node.name.text : node.getText()
}

function nestedVariable(node: TS.Node, resolver: Resolver, depth: number): string | null {
  if (ts.isExpression(node) && hostParts(node)) return variableOf(node, resolver, depth + 1)
  if (!ts.isBinaryExpression(node) && !ts.isCallExpression(node) && !ts.isTemplateExpression(node))
    return null
  return (
    /process\.env\.(\w+)|process\.env\[['"](\w+)['"]\]/.exec(node.getText())?.slice(1).find(Boolean) ?? null
  )
}
