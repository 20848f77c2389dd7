/** Objects of classes of the project that extend a client of a library: `class Store extends Redis`. */
import { nameMatches } from '../../../../knowledge/libraries.js'
import { baseOfLibrary, superCallOf } from '../values/library-classes.js'
import type { Resolved } from '../modules/resolved.js'
import type { ClientSeen, Recognition } from './client-seen.js'
import { enclosingFunction } from '../syntax/syntax.js'

/** What gives the client its options is `super()`; without a constructor of the project, `new` of the class itself. */
export function clientOfClass(
  { of, made }: Resolved & { kind: 'instance' },
  shapes: Recognition,
): ClientSeen | null {
  const superCall = superCallOf(of, shapes.resolver)
  if (!superCall) return (made && shapes.creationAt(made)) ?? madeElsewhere(of, shapes)
  const seen = shapes.creationAt(superCall)
  const constructor = enclosingFunction(superCall)
  const isOwn = made && constructor?.parent === of
  return seen && isOwn ? { ...seen, given: [{ of: constructor, call: made }] } : seen
}

/** `this`, or a parameter of the class. */
function madeElsewhere(of: Parameters<typeof superCallOf>[0], shapes: Recognition): ClientSeen | null {
  const base = baseOfLibrary(of, shapes.resolver)
  if (base?.kind !== 'library') return null
  for (const library of shapes.librariesOf(base.module))
    if (library.creates.some((creation) => creation.new.some((name) => nameMatches(name, base.path))))
      return { library, made: null, creation: null, by: base.path, through: 'type' }
  return null
}
