/** The arguments in which the options of a client stand: those of its creation, or what a function among them returns. */
import type { Creation } from '../../../../knowledge/libraries.js'
import { returnedBy } from '../syntax/assignments.js'
import { findOption } from '../values/options.js'
import type { Resolver } from '../values/resolve.js'
import type { Made } from '../values/callees.js'
import { isFunction, ts, type TS } from '../syntax/syntax.js'

/** `registerAsync({ useFactory: () => ({ timeout: 5000 }) })` has its options in what the factory returns. */
export function creationArguments(
  creation: Creation | null,
  made: Made,
  resolver: Resolver,
): readonly TS.Expression[] {
  const args = made.arguments ?? []
  const factory = creation?.factory
  if (factory === undefined) return args
  return args.map((argument) => {
    const found = findOption([argument], factory, resolver)
    const isFollowed = found.state === 'found' && ts.isExpression(found.value)
    const [returned, ...others] = isFollowed ? returnsOf(found.value as TS.Expression, resolver) : []
    // The name of the creation stands for options that could not be followed.
    return returned && others.length === 0 ? returned : made.expression
  })
}

/** What a function gives back, as far as it says so with `return`. */
export function returnsOf(expression: TS.Expression, resolver: Resolver): TS.Expression[] {
  const found = resolver.resolve(expression)
  const body = found.kind === 'value' && isFunction(found.node) ? found.node.body : undefined
  if (!body) return []
  return ts.isBlock(body) ? returnedBy(body) : [body as TS.Expression]
}
