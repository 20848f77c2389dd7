/** Clients given to another as an option, which are judged by themselves: `new Queue('mail', { connection: redis })`. */
import type { Guard } from '../../../facts/code.js'
import { plain } from './guard-values.js'
import type { Setting } from './guards.js'
import { findOption } from './options.js'
import type { Resolver } from './resolve.js'
import type { Shapes } from './shapes.js'
import { ts, type TS } from './syntax.js'

/** `delegated` where it is seen made, `unknown` where it may have been made elsewhere; null when options are given, or nothing. */
export function clientBelow(
  option: string | undefined,
  { create }: Setting,
  resolver: Resolver,
  shapes: Shapes,
): Guard | null {
  if (option === undefined) return null
  const found = findOption(create, option, resolver)
  if (found.state !== 'found' || !ts.isExpression(found.value)) return null
  if (isMade(found.value, resolver, shapes))
    return plain('delegated', `the client given as \`${option}\` is judged by itself`)
  return isUnseen(found.value, resolver)
    ? plain(
        'unknown',
        `where the client given as \`${option}\` is made could not be followed: is it bounded?`,
      )
    : null
}

/** What the library says by default is not said of a client that was made elsewhere. */
export function unlessBelow(guard: Guard, below: Guard | null): Guard {
  if (below === null) return guard
  const isDefault = guard.state === 'absent' && guard.source === null
  return below.state === 'delegated' || isDefault ? below : guard
}

function isMade(value: TS.Expression, resolver: Resolver, shapes: Shapes): boolean {
  const found = resolver.resolve(value)
  return found.kind === 'value' && (ts.isCallExpression(found.node) || ts.isNewExpression(found.node))
    ? shapes.creationAt(found.node) !== null
    : Boolean(shapes.clientOf(value)?.made)
}

/** Neither an object with options nor a text. */
function isUnseen(value: TS.Expression, resolver: Resolver): boolean {
  const found = resolver.resolve(value)
  if (found.kind === 'nothing' || found.kind === 'global') return false
  return (
    found.kind !== 'value' ||
    !(
      ts.isObjectLiteralExpression(found.node) ||
      ts.isLiteralExpression(found.node) ||
      ts.isTemplateExpression(found.node)
    )
  )
}
