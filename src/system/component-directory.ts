/** Components by what leads to them: their id, an alias that `resilience.yaml` declares, their Services and workloads. */
import type { NetworkService, Workload } from '../facts/kubernetes.js'
import { declaredAlias, type Component } from './component.js'

export class ComponentDirectory {
  /** In the order in which they were added, which is the order of what is found. */
  readonly #places = new Map<Component, number>()
  readonly #byId = new Map<string, Component>()
  readonly #byJoin = new Map<string, Component>()
  readonly #byService = new Map<NetworkService, Component>()
  readonly #byWorkload = new Map<Workload, Component[]>()

  constructor(components: Component[]) {
    for (const component of components) this.add(component)
  }

  get all(): Component[] {
    return [...this.#places.keys()]
  }

  add(component: Component): void {
    this.#places.set(component, this.#places.size)
    addFirst(this.#byId, component.id, component)
    for (const join of component.joins) addFirst(this.#byJoin, join, component)
    for (const service of component.services) addFirst(this.#byService, service, component)
    for (const workload of component.workloads)
      this.#byWorkload.set(workload, [...(this.#byWorkload.get(workload) ?? []), component])
  }

  withId(id: string): Component | undefined {
    return this.#byId.get(id)
  }

  declaredAs(alias: string): Component | undefined {
    return this.#byJoin.get(declaredAlias(alias))
  }

  /** The first that any of the Services belongs to. */
  behind(services: NetworkService[]): Component | undefined {
    return this.#inOrder(services.flatMap((service) => this.#byService.get(service) ?? []))[0]
  }

  /** Those that run any of the workloads, and one of that id of which no manifest is there. */
  running(workloads: Workload[], name: string): Component[] {
    const named = this.#byId.get(name)
    const declared = named?.workloads.length === 0 ? [named] : []
    return this.#inOrder([
      ...declared,
      ...workloads.flatMap((workload) => this.#byWorkload.get(workload) ?? []),
    ])
  }

  #inOrder(components: Component[]): Component[] {
    return [...new Set(components)].sort((a, b) => this.#places.get(a)! - this.#places.get(b)!)
  }
}

function addFirst<Key>(components: Map<Key, Component>, key: Key, component: Component): void {
  if (!components.has(key)) components.set(key, component)
}
