/** Parts of clients that are made elsewhere: `mongoose.model('Order', schema)` sends through the connection of the process. */
import type { Library } from '../../../../knowledge/libraries.js'
import type { LibraryThing, Made } from '../values/callees.js'
import type { ClientSeen, Recognition } from './client-seen.js'

export function handleOf(
  thing: LibraryThing | null,
  shapes: Pick<Recognition, 'librariesOf'>,
): ClientSeen | null {
  const library =
    thing && shapes.librariesOf(thing.module).find(({ handles }) => handles.includes(thing.path))
  return library ? { library, made: null, creation: null, by: thing.path, through: 'type' } : null
}

/** What makes a client by its settings gives, without any, a part of one: `oracledb.getConnection()` is of the pool. */
export function isHandedOut({ path }: LibraryThing, made: Made, { handles }: Library): boolean {
  return handles.includes(path) && (made.arguments ?? []).length === 0
}
