/** In whose samples a fault can show: in those of what it hits, and of whatever calls that. */
import { componentAtHost } from './called-host.js'
import type { Component, System } from './component.js'
import type { Manifests } from './manifests/manifests.js'

/** Where names are looked up. */
export interface Places {
  system: System
  manifests: Pick<Manifests, 'namespaces' | 'kustomizations'>
}

/** How a fault is tied to an observed service; null: the model knows both, and no way between them. */
export type Tie = 'same' | 'called' | 'calls-on' | 'unknown' | null

export class FaultReach {
  readonly #components = new Map<string, Component | undefined>()
  readonly #called = new Map<string, Set<string>>()

  constructor(private readonly places: Places) {}

  /** `called`: the observed service calls what is hit; `calls-on`: only over others. */
  tie(observed: string | null, hit: string | null): Tie {
    if (observed === null || hit === null) return 'unknown'
    if (observed === hit) return 'same'
    const [watched, struck] = [this.#component(observed), this.#component(hit)]
    if (!watched || !struck) return 'unknown'
    if (watched === struck) return 'same'
    if (this.#callees(watched.id).includes(struck.id)) return 'called'
    if (this.#allCalled(watched.id).has(struck.id)) return 'calls-on'
    return this.#callsUnknown(watched) ? 'unknown' : null
  }

  #component(name: string): Component | undefined {
    if (!this.#components.has(name)) {
      const { system, manifests } = this.places
      this.#components.set(name, componentAtHost(name, system, manifests))
    }
    return this.#components.get(name)
  }

  #callees(id: string): string[] {
    return this.places.system.dependenciesOf(id).map(({ to }) => to)
  }

  #allCalled(id: string): Set<string> {
    const known = this.#called.get(id)
    if (known) return known
    const called = new Set<string>()
    const open = [id]
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const to of this.#callees(next))
        if (!called.has(to)) {
          called.add(to)
          open.push(to)
        }
    this.#called.set(id, called)
    return called
  }

  /** One of its clients calls somebody, and nothing tells whom: it may be anybody. */
  #callsUnknown({ packages }: Component): boolean {
    const folders = new Set(packages.map(({ folder }) => folder))
    return this.places.system.unresolved.some(({ client }) => folders.has(client.package))
  }
}
