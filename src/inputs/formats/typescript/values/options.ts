/** Finds an option in an options object: through constants, spreads, factories and nested objects. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { isAnd, isChoice, isEither, sureSide } from './choices.js'
import { truthOf } from './conditions.js'
import { variableReadBy } from '../modules/environment-readers.js'
import { bindingOf, isNothing } from '../syntax/scope.js'
import { NONE, openAt, overridable, type Lookup } from './lookups.js'
import { isSetOn, replacementsOf, setLater } from './later-options.js'
import { givenFor, type Given, type Resolved } from '../modules/resolved.js'
import type { Resolver } from './resolve.js'
import { bare, calleeName, isFunction, ts, type TS } from '../syntax/syntax.js'

const MAX_DEPTH = 12
/** Objects spread each other, and variables are given each other: all ways through them may be more than can be gone. */
const MAX_STEPS = 2000

/** How far the looking for one option has come. */
interface Way {
  depth: number
  search: {
    steps: number
    /** Objects whose replacements are being looked through. */
    replaced: Set<TS.Node>
  }
}

const deeper = ({ depth, search }: Way): Way => ({ depth: depth + 1, search })

/** Looks for a dotted option in the first of some arguments that holds it. */
export function findOption(
  args: readonly (TS.Expression | undefined)[],
  option: string,
  resolver: Resolver,
): Lookup {
  const given = args.filter((argument) => argument !== undefined)
  const objects = given.filter((argument) => isObject(argument, resolver))
  const search: Way['search'] = { steps: 0, replaced: new Set() }
  let open: Lookup = NONE
  for (const argument of objects.length > 0 ? objects : given) {
    const found = lookup(argument, option, resolver, { depth: 0, search })
    if (found.state === 'found') return found
    if (found.state === 'open') open = found
  }
  return open
}

function isObject(argument: TS.Expression, resolver: Resolver): boolean {
  const found = resolver.resolve(argument)
  return found.kind === 'value' && ts.isObjectLiteralExpression(found.node)
}

function lookup(expression: TS.Expression, option: string, resolver: Resolver, way: Way): Lookup {
  if (way.depth > MAX_DEPTH || way.search.steps++ > MAX_STEPS)
    return { state: 'open', delegated: false, reason: 'the options are nested too deeply to follow' }
  const node = bare(expression)
  if (isNothing(node)) return NONE
  if (ts.isBinaryExpression(node) || ts.isConditionalExpression(node))
    return lookupEither(node, option, resolver, way)
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  if (binding && 'without' in binding && binding.without?.includes(option.split('.')[0]!)) return NONE
  if (binding?.kind === 'value' && binding.path.length === 0 && isEither(binding.node))
    return lookup(binding.node, option, resolver, deeper(way))
  const looked = lookupResolved(resolver.resolve(node), node, option, resolver, way)
  if (looked.state !== 'none' || !ts.isIdentifier(node) || !isSetOn(node, option)) return looked
  return { state: 'open', delegated: false, reason: `\`${node.text}.${option}\` is set before the call` }
}

function lookupResolved(
  found: Resolved,
  node: TS.Expression,
  option: string,
  resolver: Resolver,
  way: Way,
): Lookup {
  if (found.kind !== 'value') return openAt(found, node)
  const looked = lookupIn(found.node, option, resolver, way)
  return found.given ? withArgument(looked, found.given, resolver) : looked
}

/** What a function that builds the options was given for the option. */
function withArgument(looked: Lookup, given: readonly Given[], resolver: Resolver): Lookup {
  if (looked.state !== 'found' || !ts.isExpression(looked.value)) return looked
  const found = resolver.resolve(looked.value)
  const argument = found.kind === 'parameter' ? givenFor(found.node, given) : null
  if (argument === 'nothing') return found.kind === 'parameter' && found.fallback ? looked : NONE
  return argument && found.kind === 'parameter' && found.path.length === 0
    ? { state: 'found', value: argument }
    : looked
}

/** One of two objects: known only when neither of them can hold the option. */
function lookupEither(
  node: TS.BinaryExpression | TS.ConditionalExpression,
  option: string,
  resolver: Resolver,
  way: Way,
): Lookup {
  const sides = ts.isConditionalExpression(node)
    ? [node.whenTrue, node.whenFalse]
    : isAnd(node)
      ? [node.right]
      : [node.left, node.right]
  if (ts.isBinaryExpression(node) && !isAnd(node) && !isChoice(node)) return NONE
  const truth = truthOf(ts.isConditionalExpression(node) ? node.condition : node.left, resolver)
  const sure = sureSide(node, truth)
  if (sure !== undefined) return sure ? lookup(sure, option, resolver, deeper(way)) : NONE
  const results = sides.map((side) => lookup(side, option, resolver, deeper(way)))
  if (results.every(({ state }) => state === 'none')) return NONE
  if (!isAnd(node) && results.every(({ state }) => state === 'found')) return results[0]!
  return {
    state: 'open',
    delegated:
      results.some((r) => r.state === 'open' && r.delegated) || (!isChoice(node) && truth === 'delegated'),
    reason: `a condition decides whether \`${option}\` is passed`,
  }
}

function lookupIn(node: TS.Node, option: string, resolver: Resolver, way: Way): Lookup {
  if (ts.isObjectLiteralExpression(node)) return lookupHeld(node, option, resolver, way)
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return lookupInCall(node, option, resolver, way)
  if (
    isFunction(node) ||
    ts.isLiteralExpression(node) ||
    ts.isTemplateExpression(node) ||
    ts.isArrayLiteralExpression(node)
  )
    return NONE
  if (ts.isBinaryExpression(node) || ts.isConditionalExpression(node))
    return lookupEither(node, option, resolver, deeper(way))
  if (
    ts.isExpression(node) &&
    (isNothing(node) || node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword)
  )
    return NONE
  return { state: 'open', delegated: false, reason: 'the options are computed' }
}

/** Of an object, and of those that its variable or field is given instead. */
function lookupHeld(
  object: TS.ObjectLiteralExpression,
  option: string,
  resolver: Resolver,
  way: Way,
): Lookup {
  const { replaced } = way.search
  const own = lookupSet(object, option, resolver, way)
  const { name, values } = replacementsOf(object)
  // What replaces an object may spread it, and each of several all of them.
  if (values.length === 0 || replaced.has(object)) return own
  replaced.add(object)
  const others = values.map((value) => lookup(value, option, resolver, deeper(way)))
  replaced.delete(object)
  if (others.every(({ state }) => state === own.state)) return own
  return {
    state: 'open',
    delegated: false,
    reason: `\`${name}\` is set again, not always with \`${option}\``,
  }
}

/** What it is written with, or is given afterwards. */
function lookupSet(object: TS.ObjectLiteralExpression, option: string, resolver: Resolver, way: Way): Lookup {
  const found = lookupProperty(object, option, resolver, way)
  const later = found.state === 'open' ? null : setLater(object, option)
  if (later === null || (found.state === 'found' && !later.isTakenAway)) return found
  if (found.state === 'none' && later.isCertain) return { state: 'found', value: later.value }
  const how = found.state === 'none' ? 'set under a condition' : 'not always set'
  return { state: 'open', delegated: false, reason: `\`${later.name}.${option}\` is ${how}` }
}

/** `Object.assign({}, a, b)` joins objects; `new Handler({...})` of a library holds its options in its argument. */
function lookupInCall(
  node: TS.CallExpression | TS.NewExpression,
  option: string,
  resolver: Resolver,
  way: Way,
): Lookup {
  const name = node.expression.getText()
  const isText = /^(new )?(URL|String|Date|Headers|FormData|URLSearchParams)$/.test(name)
  if (isText || (ts.isCallExpression(node) && variableReadBy(node, resolver))) return NONE
  const isJoin = name === 'Object.assign' || joins(node, resolver)
  const isFirst = isJoin && codeWords().firstObjectWins.test(calleeName(node))
  const args = isFirst ? [...(node.arguments ?? [])] : [...(node.arguments ?? [])].reverse()
  const results = args.map((argument) => lookup(argument, option, resolver, deeper(way)))
  const found = results.find(({ state }) => state === 'found')
  if (found) return found
  if (isJoin || ts.isNewExpression(node)) return results.find(({ state }) => state === 'open') ?? NONE
  return {
    state: 'open',
    delegated: false,
    reason: `the options come from \`${name}()\`, which was not followed`,
  }
}

/** `merge(a, b)` of an installed library, or `createHttpLink({ … })`, which holds its options as `new` does. */
function joins(node: TS.CallExpression | TS.NewExpression, resolver: Resolver): boolean {
  const { joinsObjects, holdsOptions } = codeWords()
  const name = calleeName(node)
  return (
    (joinsObjects.test(name) || holdsOptions.test(name)) &&
    resolver.resolve(node.expression).kind === 'library'
  )
}

function lookupProperty(
  object: TS.ObjectLiteralExpression,
  option: string,
  resolver: Resolver,
  way: Way,
): Lookup {
  const [head, ...rest] = option.split('.') as [string, ...string[]]
  let open: Lookup = NONE
  for (const property of [...object.properties].reverse()) {
    if (ts.isSpreadAssignment(property)) {
      const found = lookup(property.expression, option, resolver, deeper(way))
      if (found.state === 'found' && open.state === 'none') return found
      if (found.state !== 'none') open = overridable(found, option)
      continue
    }
    const name =
      property.name && (ts.isIdentifier(property.name) || ts.isStringLiteralLike(property.name))
        ? property.name.text
        : null
    if (name !== option && name !== head) continue
    if (open.state === 'open') return overridable(open, option)
    const value = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : property
    if (name === option)
      return ts.isExpression(value) || ts.isMethodDeclaration(value) ? { state: 'found', value } : NONE
    return ts.isExpression(value) ? lookup(value, rest.join('.'), resolver, deeper(way)) : NONE
  }
  return open
}
