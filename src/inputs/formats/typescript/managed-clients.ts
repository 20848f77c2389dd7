/** Clients given to an object that takes them over: `new Worker('mail', send, { connection: redis })`. */
import type { Library } from '../../../knowledge/libraries.js'
import type { HandedClients } from './handed-clients.js'
import { ts, type TS } from './syntax.js'
import type { Made } from './callees.js'
import type { Survey } from './survey.js'

export class ManagedClients {
  #managers: Map<Made, Library> | null = null

  constructor(
    readonly survey: Survey,
    readonly handed: HandedClients,
  ) {}

  /** The title of the library whose object decides about a guard of the client made here; null when none is seen. */
  managerOf(made: Made, pattern: string): string | null {
    this.#managers ??= this.#find()
    const library = this.#managers.get(made)
    return library?.manages.decides.includes(pattern) ? library.title : null
  }

  #find(): Map<Made, Library> {
    const found = new Map<Made, Library>()
    for (const { made } of this.survey.files)
      for (const maker of made) {
        const library = this.#managerAt(maker)
        if (library) for (const client of this.#clientsIn(maker)) found.set(client, library)
      }
    return found
  }

  #managerAt(made: Made): Library | null {
    if (!ts.isNewExpression(made)) return null
    const callee = this.survey.shapes.callees.of(made)
    if (callee === null) return null
    const libraries = this.survey.shapes.librariesOf(callee.module)
    return libraries.find(({ manages }) => manages.new.includes(callee.path)) ?? null
  }

  #clientsIn(maker: Made): Made[] {
    return (maker.arguments ?? []).flatMap((argument) =>
      this.handed
        .objectsOf(argument)
        .flatMap(({ properties }) => properties.flatMap((property) => this.#clientOf(property))),
    )
  }

  #clientOf(property: TS.ObjectLiteralElementLike): Made[] {
    const value = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : null
    return value ? this.handed.makersOf(value) : []
  }
}
