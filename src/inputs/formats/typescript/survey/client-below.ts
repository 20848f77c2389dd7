/** What a client is made on: another client, which is judged by itself (`new Queue('mail', { connection: redis })`), or a part that sends. */
import type { Guard } from '../../../../facts/code.js'
import type { Creation } from '../../../../knowledge/libraries.js'
import { plain } from '../values/guard-values.js'
import { creationArguments } from './creation-arguments.js'
import type { Setting } from './guards.js'
import { findOption } from '../values/options.js'
import type { Resolver } from '../values/resolve.js'
import type { Shapes } from './shapes.js'
import { calleeName, ts, type TS } from '../syntax/syntax.js'

/** `delegated` where it is seen made, `unknown` where it may have been made elsewhere; null when options are given, or nothing. */
export function clientBelow(
  creation: Creation | null,
  setting: Setting,
  resolver: Resolver,
  shapes: Shapes,
): Guard | null {
  return (
    clientAt(creation?.client, setting, resolver, shapes) ?? unknownSender(creation?.sends, setting, resolver)
  )
}

function clientAt(
  option: string | undefined,
  { create }: Pick<Setting, 'create'>,
  resolver: Resolver,
  shapes: Shapes,
): Guard | null {
  const value = option === undefined ? null : valueAt(create, option, resolver)
  if (value === null) return null
  const holder = holderAt(value, resolver, shapes)
  if (holder) return clientAt(holder.option, holder, resolver, shapes)
  if (isMade(value, resolver, shapes))
    return {
      ...plain('delegated', `the client given as \`${option}\` is judged separately`),
      nature: 'decided-by-client',
    }
  return isUnseen(value, resolver)
    ? plain(
        'unknown',
        `where the client given as \`${option}\` is created could not be followed: is it bounded?`,
      )
    : null
}

/** What only hands the client on, and is no client itself: `new PostgresDialect({ pool })`. */
function holderAt(
  value: TS.Expression,
  resolver: Resolver,
  shapes: Shapes,
): { option: string; create: Setting['create'] } | null {
  const found = resolver.resolve(value)
  if (found.kind !== 'value' || !(ts.isCallExpression(found.node) || ts.isNewExpression(found.node)))
    return null
  const creation = shapes.creationAt(found.node)?.creation
  if (!creation?.handsOn || creation.client === undefined) return null
  const args = creationArguments(creation, found.node, resolver)
  return { option: creation.client, create: creation.options.map((index) => args[index]) }
}

/** `link: new SchemaLink({ schema })`, which sends nothing. */
function unknownSender(sends: Creation['sends'], setting: Setting, resolver: Resolver): Guard | null {
  if (sends === undefined) return null
  const { option, argument, by } = sends
  const value =
    argument === undefined ? valueAt(setting.create, option!, resolver) : setting.positional[argument]
  if (!value) return null
  const found = resolver.resolve(value)
  const node = found.kind === 'value' ? found.node : null
  if (node && (ts.isCallExpression(node) || ts.isNewExpression(node)) && by.includes(calleeName(node)))
    return null
  const text = value.getText().slice(0, 60)
  return plain('unknown', `its calls go through \`${text}\`, which was not followed: does it bound them?`)
}

function valueAt(places: Setting['create'], option: string, resolver: Resolver): TS.Expression | null {
  const found = findOption(places, option, resolver)
  return found.state === 'found' && ts.isExpression(found.value) ? found.value : null
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
