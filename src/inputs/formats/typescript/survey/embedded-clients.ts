/** Clients that wait for nobody: what they are made of keeps all in the process, as a database in a file, or is nothing to send with. */
import type { Creation } from '../../../../knowledge/libraries.js'
import { creationArguments } from './creation-arguments.js'
import { findOption } from '../values/options.js'
import type { Made } from '../values/callees.js'
import type { Resolver } from '../values/resolve.js'
import { bare, calleeName, ts } from '../syntax/syntax.js'

export function isEmbedded(creation: Creation, made: Made, resolver: Resolver): boolean {
  return isMadeInProcess(creation, made, resolver) || onlyBuilds(creation, made, resolver)
}

/** All its settings are seen, and none says where to send to. */
function onlyBuilds({ connects }: Creation, made: Made, resolver: Resolver): boolean {
  const [settings] = made.arguments ?? []
  if (connects === undefined || !settings) return false
  const found = resolver.resolve(settings)
  const written = found.kind === 'value' && !found.or ? found.node : null
  return (
    written !== null &&
    ts.isExpression(written) &&
    ts.isObjectLiteralExpression(bare(written)) &&
    findOption([settings], connects, resolver).state === 'none'
  )
}

function isMadeInProcess(creation: Creation, made: Made, resolver: Resolver): boolean {
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
