/** Clients that wait for nobody, because what they are made of keeps all in the process: a database in a file. */
import type { Creation } from '../../../../knowledge/libraries.js'
import { creationArguments } from './creation-arguments.js'
import { findOption } from '../values/options.js'
import type { Made } from '../values/callees.js'
import type { Resolver } from '../values/resolve.js'
import { calleeName, ts } from '../syntax/syntax.js'

export function isEmbedded(creation: Creation, made: Made, resolver: Resolver): boolean {
  if (!creation.embedded) return false
  const { option, by } = creation.embedded
  const args = creationArguments(creation, made, resolver)
  const places = creation.options.map((index) => args[index])
  const found = findOption(places, option, resolver)
  if (found.state !== 'found' || !ts.isExpression(found.value)) return false
  const value = resolver.resolve(found.value)
  return (
    value.kind === 'value' &&
    (ts.isNewExpression(value.node) || ts.isCallExpression(value.node)) &&
    by.includes(calleeName(value.node))
  )
}
