/** Objects that one may meet, found without a walk over all: those of its namespaces, of any, and of kustomizations. */
import { listAt } from '../../facts/grouped.js'
import type { Kustomizations, Placed } from './kustomize.js'

/** Objects under one key, by where they are deployed. */
interface Places<T> {
  all: T[]
  /** Deployed to a namespace that nothing names, which may be any. */
  anywhere: T[]
  rendered: T[]
  within: Map<string, T[]>
}

/** Keys are what objects are looked for by, such as names or labels. Answers stand in the order in which they were added. */
export class Vicinity<T extends Placed> {
  readonly #places = new Map<string, Places<T>>()
  readonly #order = new Map<T, number>()

  constructor(private readonly kustomizations: Kustomizations) {}

  add(key: string, object: T): void {
    const places: Places<T> = this.#places.get(key) ?? {
      all: [],
      anywhere: [],
      rendered: [],
      within: new Map(),
    }
    this.#places.set(key, places)
    if (!this.#order.has(object)) this.#order.set(object, this.#order.size)
    places.all.push(object)
    const { isAnywhere, isRendered, namespaces } = this.#whereabouts(object)
    if (isAnywhere) places.anywhere.push(object)
    if (isRendered) places.rendered.push(object)
    for (const namespace of namespaces) listAt(places.within, namespace).push(object)
  }

  isIn(key: string, namespace: string): boolean {
    return this.#places.get(key)?.within.has(namespace) ?? false
  }

  all(key: string): readonly T[] {
    return this.#places.get(key)?.all ?? []
  }

  /** Every object under the key that can meet the one given, or be the same thing as it, and perhaps some that cannot. */
  near(key: string, from: Placed): readonly T[] {
    const places = this.#places.get(key)
    if (!places) return []
    const { isAnywhere, isRendered, namespaces } = this.#whereabouts(from)
    if (isAnywhere || places.all.length < 2) return this.all(key)
    const lists = namespaces.map((namespace) => places.within.get(namespace) ?? [])
    const found = new Set([...lists.flat(), ...places.anywhere, ...(isRendered ? places.rendered : [])])
    return [...found].sort((a, b) => this.#order.get(a)! - this.#order.get(b)!)
  }

  #whereabouts(object: Placed): { isAnywhere: boolean; isRendered: boolean; namespaces: string[] } {
    const deployments = this.kustomizations.deploymentsOf(object)
    return {
      isAnywhere: deployments.some(({ namespace }) => namespace === 'default'),
      isRendered: deployments.some(({ by }) => by !== null),
      namespaces: this.kustomizations.namespacesOf(object),
    }
  }
}
