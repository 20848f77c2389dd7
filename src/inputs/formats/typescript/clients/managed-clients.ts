/** Clients given to an object that takes them over: `new Worker('mail', send, { connection: redis })`. */
import type { Guard } from '../../../../facts/code.js'
import type { Manages } from '../../../../knowledge/libraries/waits.js'
import { creationArguments } from '../survey/creation-arguments.js'
import { plain } from '../values/guard-values.js'
import type { HandedClients } from './handed-clients.js'
import { findOption } from '../values/options.js'
import type { ClientSeen } from '../survey/client-seen.js'
import { ts, type TS } from '../syntax/syntax.js'
import type { LibraryThing, Made } from '../values/callees.js'
import type { Survey } from '../survey/survey.js'
import { valueOf } from '../values/values.js'

interface Manager {
  title: string
  facts: Manages
}

export class ManagedClients {
  #managers: Map<Made, Manager[]> | null = null

  constructor(
    readonly survey: Survey,
    readonly handed: HandedClients,
  ) {}

  /** The title of the library whose object decides about a guard of the client made here; null when none is seen. */
  managerOf(made: Made, pattern: string): string | null {
    return this.#managersOf(made, pattern)[0]?.title ?? null
  }

  /** A guard of a client that makes no calls of its own, as those see it who took the client over. */
  guardOf(client: ClientSeen, made: Made, pattern: string, guard: Guard): Guard {
    const managers = this.#managersOf(made, pattern)
    const [first] = managers
    if (!first) return guard
    const waiting = managers.find(
      ({ facts }) => facts.waits && !this.#isOff(client, made, facts.waits.unless),
    )
    if (!waiting) return plain('delegated', `${first.title} decides how long it waits`)
    return guard.state === 'absent' ? plain('unknown', waiting.facts.waits!.reason) : guard
  }

  #managersOf(made: Made, pattern: string): Manager[] {
    this.#managers ??= this.#find()
    return (this.#managers.get(made) ?? []).filter(({ facts }) => facts.decides.includes(pattern))
  }

  #isOff({ creation, given = [] }: ClientSeen, made: Made, options: string[]): boolean {
    const resolver = this.survey.resolver.under(given)
    const args = creationArguments(creation, made, resolver)
    const places = (creation?.options ?? []).map((index) => args[index])
    return options.some((option) => {
      const found = findOption(places, option, resolver)
      if (found.state !== 'found' || !ts.isExpression(found.value)) return false
      const value = valueOf(found.value, resolver)
      return value.kind === 'switch' && !value.on
    })
  }

  #find(): Map<Made, Manager[]> {
    const found = new Map<Made, Manager[]>()
    for (const { made, callee } of this.survey.ofLibraries) {
      const manager = ts.isNewExpression(made) ? this.#managerOf(callee) : null
      if (!manager) continue
      for (const client of this.#clientsIn(made)) found.set(client, [...(found.get(client) ?? []), manager])
    }
    return found
  }

  #managerOf(callee: LibraryThing): Manager | null {
    for (const { title, manages } of this.survey.shapes.librariesOf(callee.module)) {
      const facts = manages.find((known) => known.new.includes(callee.path))
      if (facts) return { title, facts }
    }
    return null
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
