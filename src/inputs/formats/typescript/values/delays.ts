/** Judges a setting that gives the delay between attempts: whether it grows and has a random part. */
import type { Guard } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { GuardOption } from '../../../../knowledge/libraries/guards.js'
import { returnedBy } from '../syntax/assignments.js'
import { grows, isRandom } from './growing-delays.js'
import { explicit, plain } from './guard-values.js'
import type { Resolver } from './resolve.js'
import { bindingOf } from '../syntax/scope.js'
import { bare, isFunction, some, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from './values.js'

type Asked = 'backoff' | 'jitter'

/** Judges a setting that gives the delay: a function of the attempt, a number, or a ready-made strategy. */
export function delayGuard(
  node: TS.Expression | TS.MethodDeclaration,
  option: GuardOption,
  name: string,
  resolver: Resolver,
): Guard {
  const keeps = option.names.some((kept) => mentions(node, kept))
  const guard = keeps
    ? explicit(`\`${name}\` starts from the delay of the library`)
    : judged(node, option.reads as Asked, name, resolver)
  return { ...guard, source: sourceOf(computedIn(node)) }
}

/** Where the delay is computed: in a function that is what it returns last. */
function computedIn(node: TS.Expression | TS.MethodDeclaration): TS.Node {
  const body = isFunction(node) ? node.body : undefined
  const returned = body && ts.isBlock(body) ? returnedBy(body).at(-1) : undefined
  const binding = returned && ts.isIdentifier(returned) ? bindingOf(returned) : null
  return binding?.kind === 'value' ? binding.node : (returned ?? node)
}

/** Uses a name, rather than only receiving it. */
function mentions(node: TS.Node, name: string): boolean {
  const body = isFunction(node) ? node.body : node
  return body !== undefined && some(body, (at) => ts.isIdentifier(at) && at.text === name)
}

function judged(
  node: TS.Expression | TS.MethodDeclaration,
  asks: Asked,
  name: string,
  resolver: Resolver,
): Guard {
  if (isFunction(node)) return ofFunction(node, asks, name, resolver)
  const value = valueOf(node, resolver)
  if (value.kind === 'number') return plain('absent', `\`${name}\` is always ${value.value} ms`)
  if (value.kind === 'function') return ofFunction(value.node, asks, name, resolver)
  return readyMade(node, asks, name)
}

/** A strategy of a library goes by its name. */
function readyMade(node: TS.Expression, asks: Asked, name: string): Guard {
  const text = node.getText()
  if (codeWords().exponentialDelays.test(text)) return explicit(`\`${text.slice(0, 60)}\` grows and varies`)
  if (codeWords().linearDelays.test(text)) {
    const reason = `\`${text.slice(0, 60)}\` grows without jitter`
    return asks === 'backoff' ? explicit(reason) : plain('absent', reason)
  }
  return plain('unknown', `\`${name}\` could not be followed to a delay`)
}

function ofFunction(
  { body }: TS.FunctionLikeDeclaration,
  asks: Asked,
  name: string,
  resolver: Resolver,
): Guard {
  if (!body) return plain('unknown', `the body of \`${name}\` is not here`)
  const holds = asks === 'jitter' ? isRandom(body, resolver) : grows(body, resolver)
  const strategy = holds ? null : strategyOf(body, resolver)
  if (strategy) return readyMade(strategy, asks, name)
  const delay = `the delay of \`${name}\``
  if (asks === 'backoff')
    return holds ? explicit(`${delay} grows`) : plain('absent', `${delay} does not grow`)
  if (holds) return explicit(`${delay} has jitter`)
  const isGrowing = grows(body, resolver)
  return plain('absent', `${delay} ${isGrowing ? 'grows without jitter' : 'has no jitter'}`)
}

/** What computes the delay that a function gives, where a library has it. */
function strategyOf(body: TS.ConciseBody, resolver: Resolver): TS.Expression | null {
  const returned = ts.isBlock(body) ? returnedBy(body).at(-1) : body
  const call = returned && bare(returned)
  if (!call || !ts.isCallExpression(call)) return null
  const callee = bare(call.expression)
  const name = ts.isPropertyAccessExpression(callee) ? bare(callee.expression) : callee
  if (!ts.isIdentifier(name) || bindingOf(name)?.kind !== 'import') return null
  return valueOf(callee, resolver).kind === 'function' ? null : callee
}
