/** Objects of kinds that are not read, by what others ask for: all of them for every selector would take too long. */
import type { CustomObject } from '../../facts/custom-object.js'
import { groupedBy, listAt } from '../../facts/grouped.js'
import { clusterComponents } from '../../knowledge/manifests/cluster-components.js'

export class Customs {
  /** Of which a tool makes whole sets of others. */
  readonly installers: CustomObject[]
  readonly #places: Map<CustomObject, number>
  readonly #byName: Map<string, CustomObject[]>
  readonly #byLabel = new Map<string, CustomObject[]>()

  constructor(customs: CustomObject[]) {
    this.installers = customs.filter(isInstaller)
    this.#places = new Map(customs.map((object, place) => [object, place]))
    this.#byName = groupedBy(customs, ({ name }) => name)
    for (const object of customs)
      for (const label of Object.entries(object.labels)) listAt(this.#byLabel, keyOf(label)).push(object)
  }

  /** Those that have one of the labels, or are called as one of their values, in the order of the files. */
  near(labels: Record<string, string>): CustomObject[] {
    const found = new Set(
      Object.entries(labels).flatMap((label) => [
        ...(this.#byName.get(label[1]) ?? []),
        ...(this.#byLabel.get(keyOf(label)) ?? []),
      ]),
    )
    return [...found].sort((a, b) => this.#places.get(a)! - this.#places.get(b)!)
  }
}

function isInstaller({ apiVersion, kind }: CustomObject): boolean {
  return Object.hasOwn(clusterComponents().installers, `${apiVersion.split('/', 1)[0]!}/${kind}`)
}

function keyOf([label, value]: [string, string]): string {
  return `${label}=${value}`
}
