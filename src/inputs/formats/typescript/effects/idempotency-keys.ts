/** Keys by which the receiver of a repeated call recognises it. */
import { callersOf } from '../survey/named-callers.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { SeenEffect } from './effects.js'
import { findOption } from '../values/options.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import { bare, enclosingFunction, isFunction, some, ts, type TS } from '../syntax/syntax.js'

/** `open`: callers give what is sent, and it was not seen whether a key is among it. */
export type Keyed = 'keyed' | 'open' | 'unkeyed'

/** `around`: further nodes in whose functions a key may be made. */
export function keyOf({ node, keys }: SeenEffect, around: TS.Node[], survey: Survey): Keyed {
  if (isKeyed([node, ...around])) return 'keyed'
  return ts.isCallExpression(node) ? keyAmong(node.arguments, keys, survey) : 'unkeyed'
}

/** A key anywhere in the functions around, or an identity of the message among what is sent. */
export function isKeyed(nodes: TS.Node[]): boolean {
  const { idempotencyKeys, messageIds } = codeWords()
  return nodes.some((node) => {
    const around = enclosingFunction(node) ?? node
    if (idempotencyKeys.test(around.getText())) return true
    return ts.isCallExpression(node) && node.arguments.some((argument) => sends(argument, messageIds))
  })
}

function sends(argument: TS.Expression, words: RegExp): boolean {
  if (isFunction(bare(argument))) return false
  const named = (node: TS.Node): boolean =>
    (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
    words.test(node.name.getText())
  if (some(argument, named)) return true
  return some(argument, (node) => {
    const binding = ts.isIdentifier(node) ? bindingOf(node) : null
    return (
      binding?.kind === 'value' && ts.isObjectLiteralExpression(binding.node) && some(binding.node, named)
    )
  })
}

/** Options of the library: written in the call, or given by all of its callers. */
function keyAmong(args: readonly TS.Expression[], keys: readonly string[], survey: Survey): Keyed {
  const states = keys.flatMap((key) => args.map((argument) => keyIn(argument, key, survey)))
  return states.find((state) => state === 'keyed') ?? states.find((state) => state === 'open') ?? 'unkeyed'
}

function keyIn(argument: TS.Expression, key: string, survey: Survey): Keyed {
  const written = findOption([argument], key, survey.resolver)
  if (written.state === 'found') return 'keyed'
  if (written.state === 'none') return 'unkeyed'
  const found = survey.resolver.resolve(argument)
  if (found.kind !== 'parameter' || !isFunction(found.node.parent)) return 'open'
  const index = found.node.parent.parameters.indexOf(found.node)
  const option = [...found.path, key].join('.')
  const states = callersOf(found.node.parent, survey).map(
    (caller) => findOption([caller.arguments[index]], option, survey.resolver).state,
  )
  if (states.includes('none')) return 'unkeyed'
  return states.length > 0 && states.every((state) => state === 'found') ? 'keyed' : 'open'
}
