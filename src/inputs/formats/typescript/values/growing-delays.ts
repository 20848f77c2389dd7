/** How a delay between attempts is computed: whether it grows with them, and has a random part. */
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Resolver } from './resolve.js'
import { bindingOf } from '../syntax/scope.js'
import { isCounter, isPlace, isRaised, laterValues } from './set-again.js'
import { bare, isFunction, some, ts, walk, type TS } from '../syntax/syntax.js'
import { valueOf } from './values.js'

const MAX_DEPTH = 2

/** A random term in an expression, in what its variables are computed by, or in a function of the project that it calls. */
export function isRandom(node: TS.Node, resolver: Resolver, depth = 0): boolean {
  if (codeWords().randomDelays.test(node.getText())) return true
  return behind(node, resolver, depth, isRandom)
}

/** A product or power with something that is not constant, or the next of a list that rises: the delay follows the attempt. */
export function grows(node: TS.Node, resolver: Resolver, depth = 0): boolean {
  const text = node.getText()
  if (/Math\.pow|\*\*|<</.test(text) || codeWords().growingDelays.test(text)) return true
  let found = false
  walk(node, (at) => {
    found ||= isProduct(at, resolver) || isRising(delaysTaken(at, resolver)) || (isPlace(at) && isRaised(at))
    // What a function makes of its arguments is seen in the function.
    return !found && !(ts.isCallExpression(at) && !isConversion(at))
  })
  return found || behind(node, resolver, depth, grows)
}

/** `Math.min(…)`, `Number(…)`: what is given stays a part of it. */
function isConversion({ expression }: TS.CallExpression): boolean {
  return /^(Math\.\w+|Number|parseInt|parseFloat)$/.test(expression.getText())
}

/** A number that nothing changes; of a loop, what was computed before it began. */
export function isFixed(delay: TS.Expression, resolver: Resolver, loop?: TS.Node): boolean {
  if (loop !== undefined && !some(delay, isSetAgain) && isFromBefore(delay, loop)) return true
  if (new Set(delaysTaken(bare(delay), resolver)).size === 1) return true
  return valueOf(delay, resolver).kind === 'number' && !mayChange(delay, resolver, 0)
}

const isSetAgain = (at: TS.Node): boolean => isPlace(at) && (isCounter(at) || laterValues(at).length > 0)

/** It is made of something that is set again, also through what its variables are computed by. */
function mayChange(node: TS.Node, resolver: Resolver, depth: number): boolean {
  if (depth > MAX_DEPTH) return false
  return some(
    node,
    (at) =>
      isSetAgain(at) ||
      computationsOf(at, resolver).some(
        (computed) => !isWithin(node, computed) && mayChange(computed, resolver, depth + 1),
      ),
  )
}

/** Made of nothing but numbers, and of variables, settings and fields from outside of a loop. */
function isFromBefore(delay: TS.Expression, loop: TS.Node): boolean {
  return !some(delay, (at) => {
    if (ts.isCallExpression(at)) return !isConversion(at)
    if (!ts.isIdentifier(at) || (ts.isPropertyAccessExpression(at.parent) && at.parent.name === at))
      return false
    const binding = bindingOf(at)
    if (binding === null || binding.kind === 'import') return false
    return isWithin(binding.kind === 'variable' ? binding.declaration : binding.node, loop)
  })
}

/** With what changes; of a variable that only gives the seconds of `delay * 1000`, how it is set says whether it does. */
function isProduct(node: TS.Node, resolver: Resolver): boolean {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.AsteriskToken) return false
  return [node.left, node.right].some((factor) => {
    const place = bare(factor)
    if (isPlace(place) && isCounter(place)) return true
    const isSet = isPlace(place) && laterValues(place).length > 0
    return !isSet && valueOf(factor, resolver).kind !== 'number'
  })
}

/** Of `[100, 200, 500][attempt]` and of `delay` in `for (const delay of [100, 200])` the list, where it is written. */
function delaysTaken(node: TS.Node, resolver: Resolver): number[] {
  const taken = ts.isElementAccessExpression(node) ? node.expression : listGoneOver(node)
  const list = taken ? resolver.resolve(taken) : null
  if (list?.kind !== 'value' || !ts.isArrayLiteralExpression(list.node)) return []
  const delays = list.node.elements.map((element) => valueOf(element, resolver))
  const known = delays.flatMap((delay) => (delay.kind === 'number' ? [delay.value] : []))
  return known.length === delays.length ? known : []
}

function listGoneOver(node: TS.Node): TS.Expression | null {
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  const loop = binding?.kind === 'variable' ? binding.declaration.parent.parent : null
  return loop && ts.isForOfStatement(loop) ? loop.expression : null
}

const isRising = (delays: number[]): boolean => delays.length > 1 && delays.at(-1)! > delays[0]!

/** Looks also into variables and functions of the project that the expression uses. */
function behind(
  node: TS.Node,
  resolver: Resolver,
  depth: number,
  test: (node: TS.Node, resolver: Resolver, depth: number) => boolean,
): boolean {
  if (depth > MAX_DEPTH) return false
  return some(node, (at) => {
    if (ts.isCallExpression(at)) {
      const callee = resolver.resolve(at.expression)
      return (
        callee.kind === 'value' &&
        isFunction(callee.node) &&
        callee.node.body !== undefined &&
        test(callee.node.body, resolver, depth + 1)
      )
    }
    return computationsOf(at, resolver).some(
      (computed) => !isWithin(node, computed) && test(computed, resolver, depth + 1),
    )
  })
}

/** The expressions that a name or field is computed by, those that it gets later among them. */
function computationsOf(node: TS.Node, resolver: Resolver): TS.Node[] {
  if (!isPlace(node)) return []
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  const found = ts.isIdentifier(node) ? binding : resolver.resolve(node)
  const first =
    found?.kind === 'value' && found.node !== node && found.node !== node.parent ? [found.node] : []
  return [...first, ...laterValues(node)].filter(isComputation)
}

const isComputation = (node: TS.Node): boolean =>
  ts.isBinaryExpression(node) ||
  ts.isCallExpression(node) ||
  ts.isConditionalExpression(node) ||
  ts.isElementAccessExpression(node)

const isWithin = (node: TS.Node, around: TS.Node): boolean =>
  node.getSourceFile() === around.getSourceFile() && node.pos >= around.pos && node.end <= around.end
