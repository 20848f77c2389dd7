/** Which manifests of one name are the same thing, written several times, and which are things of different systems. */
import type { Kustomization, Workload } from '../../facts/kubernetes.js'
import { compareSources } from '../../facts/source.js'
import { commonFolders, folderOf, startOf } from './folders.js'
import { imageRepository } from './images.js'
import type { Kustomizations, Placed } from './kustomize.js'
import { sameNamespace } from './selection.js'
import { Vicinity } from './vicinity.js'

/** An object of any kind that names can mean. */
export type Named = Placed & { fact: string }

export class Sameness {
  readonly #copies = new Map<string, boolean>()
  readonly #namesakes: Vicinity<Named>
  /** Each object to all writings of the thing that it is. */
  readonly #writings = new Map<Named, Named[]>()

  /** `programs`: the workloads that run code of the system's own, not a database or another thing that all systems have. */
  constructor(
    private readonly kustomizations: Kustomizations,
    objects: Named[],
    private readonly programs: Workload[],
  ) {
    this.#namesakes = new Vicinity(kustomizations)
    for (const object of objects) this.#join(object)
  }

  /** Groups of objects, in the order of their places: within a group they are one thing. */
  partition<T extends Named>(objects: T[]): T[][] {
    const groups = new Map<unknown, T[]>()
    for (const object of [...objects].sort((a, b) => compareSources(a.source, b.source))) {
      const thing = this.#writings.get(object) ?? object
      const group = groups.get(thing) ?? []
      groups.set(thing, group)
      group.push(object)
    }
    return [...groups.values()]
  }

  #join(object: Named): void {
    const key = `${object.fact} ${object.name}`
    this.#writings.set(object, [object])
    for (const other of this.#namesakes.near(key, object)) {
      const [mine, theirs] = [object, other].map((each) => this.#writings.get(each)!)
      if (mine === theirs || this.reason(other, object) === null) continue
      theirs!.push(...mine!)
      for (const one of mine!) this.#writings.set(one, theirs!)
    }
    this.#namesakes.add(key, object)
  }

  /** Why two objects of one name are the same thing; null when nothing says so. */
  reason(a: Placed, b: Placed): string | null {
    const common = this.#commonRendering(a, b)
    if (common !== null) return common
    const base = this.#commonBase(a, b)
    if (base) return `both are in overlays of ${base.folder || 'the root'}`
    const [mine, theirs] = [a, b].map((each) => this.kustomizations.deploymentsOf(each))
    const meetings = mine!.filter((one) =>
      theirs!.some((other) => one.name === other.name && sameNamespace(one, other)),
    )
    if (meetings.length === 0) return null
    const named = meetings.find(
      ({ namespace }) => namespace !== 'default' && theirs!.some((other) => other.namespace === namespace),
    )
    return named ? `both are in the namespace ${named.namespace}` : this.#commonPlace(a, b)
  }

  /** One kustomization renders both, under one name in one namespace. */
  #commonRendering(a: Placed, b: Placed): string | null {
    for (const one of this.kustomizations.deploymentsOf(a))
      for (const other of this.kustomizations.deploymentsOf(b)) {
        const isOne = one.by !== null && one.by === other.by
        if (isOne && one.name === other.name && sameNamespace(one, other))
          return `${one.by!.folder || 'the root'} renders both`
      }
    return null
  }

  /** A base with most of the programs of two overlays; one that they use beside much else says nothing. */
  #commonBase(a: Placed, b: Placed): Kustomization | undefined {
    const overlaysOf = (object: Placed): Kustomization[] =>
      this.kustomizations.deploymentsOf(object).flatMap(({ by }) => (by === null || by.isComponent ? [] : by))
    const [mine, theirs] = [overlaysOf(a), overlaysOf(b)]
    // One kustomization that renders two things of one name has told them apart.
    if (mine.some((overlay) => theirs.includes(overlay))) return undefined
    const pairs = mine.flatMap((one) => theirs.map((other) => [one, other] as const))
    return pairs
      .flatMap(([one, other]) => {
        const bases = this.kustomizations.basesOf(other)
        const common = this.kustomizations.basesOf(one).filter((base) => bases.includes(base))
        return common.filter((base) => this.#makesMostOf(base, one) && this.#makesMostOf(base, other))
      })
      .at(0)
  }

  #makesMostOf(base: Kustomization, overlay: Kustomization): boolean {
    const [below, all] = [base, overlay].map((each) => {
      const files = this.kustomizations.filesOf(each)
      return this.programs.filter(({ source }) => files.has(source.path)).length
    })
    return isMost(below!, all!)
  }

  /** Files of one folder, or of folders inside each other, and folders that are copies. */
  #commonPlace(a: Placed, b: Placed): string | null {
    const [one, other] = [folderOf(a.source.path), folderOf(b.source.path)]
    const common = commonFolders(one, other)
    if (startOf(one, common) === one || startOf(other, common) === other) return 'their files stand together'
    const [mine, theirs] = [startOf(one, common + 1), startOf(other, common + 1)]
    return this.#areCopies(mine, theirs) ? `${mine} and ${theirs} hold the same workloads` : null
  }

  /** Two folders hold one system when most of the programs of the smaller one run in both, by name and by image. */
  #areCopies(one: string, other: string): boolean {
    const key = [one, other].sort().join('\n')
    const known = this.#copies.get(key)
    if (known !== undefined) return known
    const [mine, theirs] = [one, other].map((side) =>
      this.programs.filter(({ source }) => source.path.startsWith(`${side}/`)),
    )
    const shared = mine!.filter((a) => theirs!.some((b) => a.name === b.name && runSameImage(a, b)))
    const smaller = Math.min(numberOfNames(mine!), numberOfNames(theirs!))
    const areCopies = numberOfNames(shared) >= 2 && isMost(numberOfNames(shared), smaller)
    this.#copies.set(key, areCopies)
    return areCopies
  }
}

function isMost(part: number, whole: number): boolean {
  return part * 2 > whole
}

function numberOfNames(workloads: Workload[]): number {
  return new Set(workloads.map(({ name }) => name)).size
}

/** Images that differ in tag and registry at most. */
function runSameImage(a: Workload, b: Workload): boolean {
  const [mine, theirs] = [a, b].map(({ containers }) =>
    containers.flatMap(({ image }) => imageRepository(image) ?? []),
  )
  return mine!.some((one) =>
    theirs!.some((other) => one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`)),
  )
}
