/** Clients given to an object that takes them over: `new Worker('mail', send, { connection: redis })`. */
import { bare, ts, type TS } from './syntax.js'
import type { Made } from './shapes.js'
import type { Survey } from './survey.js'

export class ManagedClients {
  #managers: Map<Made, string> | null = null

  constructor(readonly survey: Survey) {}

  /** What manages the client made here, by the title of its library; null when nothing is seen to. */
  managerOf(made: Made): string | null {
    this.#managers ??= this.#find()
    return this.#managers.get(made) ?? null
  }

  #find(): Map<Made, string> {
    const found = new Map<Made, string>()
    for (const { made } of this.survey.files)
      for (const maker of made) {
        const title = this.#managerAt(maker)
        if (title !== null) for (const client of this.#clientsIn(maker)) found.set(client, title)
      }
    return found
  }

  #managerAt(made: Made): string | null {
    if (!ts.isNewExpression(made)) return null
    const callee = this.survey.resolver.resolve(made.expression)
    if (callee.kind !== 'library') return null
    const library = this.survey.shapes
      .librariesOf(callee.module)
      .find(({ manages }) => manages.includes(callee.path))
    return library?.title ?? null
  }

  #clientsIn(maker: Made): Made[] {
    return (maker.arguments ?? []).flatMap((argument) => {
      const found = this.survey.resolver.resolve(argument)
      const node = found.kind === 'value' ? found.node : bare(argument)
      if (!ts.isObjectLiteralExpression(node)) return []
      return node.properties.flatMap((property) => this.#clientOf(property))
    })
  }

  #clientOf(property: TS.ObjectLiteralElementLike): Made[] {
    const value = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : null
    const client = value && this.survey.shapes.clientOf(value)
    return client?.made ? [client.made] : []
  }
}
