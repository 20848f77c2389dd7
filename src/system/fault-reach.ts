/** In whose samples a fault can show: in those of what it hits, and of whatever calls that. */
import { faultVocabulary } from '../knowledge/faults.js'
import { componentAtHost } from './called-host.js'
import type { Component, System } from './component.js'
import type { Manifests } from './manifests/manifests.js'

/** Where names are looked up. */
export interface Places {
  system: System
  manifests: Pick<Manifests, 'namespaces' | 'kustomizations'>
}

/** How a fault is tied to an observed service; `apart`: all that the service calls is known, and what is hit is not among it. */
export type Tie = 'same' | 'called' | 'calls-on' | 'unknown' | 'apart'

export class FaultReach {
  readonly #components = new Map<string, Component | undefined>()
  readonly #called = new Map<string, Set<string>>()
  readonly #ties = new Map<string, Tie>()

  constructor(private readonly places: Places) {}

  /** `called`: the observed service calls what is hit; `calls-on`: only over others. */
  tie(observed: string | null, hit: string | null): Tie {
    if (observed === null || hit === null) return 'unknown'
    const key = `${observed}\n${hit}`
    let known = this.#ties.get(key)
    if (known === undefined) this.#ties.set(key, (known = this.#tieOf(observed, hit)))
    return known
  }

  #tieOf(observed: string, hit: string): Tie {
    if (observed === hit) return 'same'
    const [watched, struck] = [this.#component(observed), this.#component(hit)]
    if (!watched || !struck) return 'unknown'
    if (watched === struck) return 'same'
    if (this.#callees(watched.id).includes(struck.id)) return 'called'
    if (this.#allCalled(watched.id).has(struck.id)) return 'calls-on'
    return this.#knowsAllCalled(watched) ? 'apart' : 'unknown'
  }

  /** A fault that stays within its target; the loss of a node or a zone hits whatever is there. */
  isConfined(fault: string | null): boolean {
    const { faults, sharedGround } = faultVocabulary()
    const hits = fault === null ? undefined : faults[fault]?.hits
    return hits !== undefined && !hits.some((kind) => sharedGround.includes(kind))
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

  /** Of every service on the way the code was read, and nothing in it calls somebody of whom nothing tells who it is. */
  #knowsAllCalled(watched: Component): boolean {
    const { system } = this.places
    const unknown = new Set(system.unresolved.map(({ client }) => client.package))
    return [watched.id, ...this.#allCalled(watched.id)].every((id) => {
      const component = system.components.find((one) => one.id === id)
      if (component?.kind !== 'service') return component !== undefined
      return component.packages.length > 0 && component.packages.every(({ folder }) => !unknown.has(folder))
    })
  }
}
