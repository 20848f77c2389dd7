/** Which manifests meet in a cluster, and which of several of one name is meant at a place. */
import type { Kustomization } from '../../facts/kubernetes.js'
import { commonFolders, folderOf } from './folders.js'
import type { Deployment, Kustomizations, Placed } from './kustomize.js'
import type { Named, Sameness } from './sameness.js'
import { sameNamespace } from './selection.js'

/** Whether another object is there wherever an object is deployed, or only where a kustomization adds it. */
export interface Meeting {
  where: 'always' | 'sometimes' | 'never'
  addedBy: Kustomization[]
}

const ALWAYS: Meeting = { where: 'always', addedBy: [] }
const NEVER: Meeting = { where: 'never', addedBy: [] }

export class Neighbourhood {
  constructor(
    private readonly kustomizations: Kustomizations,
    private readonly sameness: Sameness,
  ) {}

  meeting(object: Placed, other: Placed): Meeting {
    if (object.renderedFrom !== undefined && object.renderedFrom === other.renderedFrom)
      if (object.onlyIn && other.onlyIn) return this.#meetingIn(object.onlyIn, other.onlyIn, other)
    const [mine, theirs] = [object, other].map((each) => this.kustomizations.deploymentsOf(each)) as [
      Deployment[],
      Deployment[],
    ]
    const shared = mine.filter((one) =>
      theirs.some((another) => one.by !== null && one.by === another.by && sameNamespace(one, another)),
    )
    if (shared.length === mine.length) return ALWAYS
    if (shared.length > 0) return { where: 'sometimes', addedBy: addersOf(other, shared) }
    if (this.#areApart(object, other)) return NEVER
    const isOptional = theirs.every(({ by }) => by?.isComponent)
    return isOptional ? { where: 'sometimes', addedBy: addersOf(other, theirs) } : ALWAYS
  }

  /** Objects of one system of which each is rendered for some environments only. */
  #meetingIn(mine: string[], theirs: string[], other: Placed): Meeting {
    const shared = mine.filter((environment) => theirs.includes(environment))
    if (shared.length === 0) return NEVER
    if (shared.length === mine.length) return ALWAYS
    return { where: 'sometimes', addedBy: addersOf(other, this.kustomizations.deploymentsOf(other)) }
  }

  /** Of objects of one name those that a place can see and that are closest to it: more than one where nothing decides. */
  nearest<T extends Named>(candidates: T[], to: Placed): T[] {
    return this.closest(
      candidates.filter((candidate) => this.meeting(to, candidate).where !== 'never'),
      to,
    )
  }

  /** Those that are rendered along with it, else in its kustomization, else in its namespace, else in the nearest folder; of one thing, every writing. */
  closest<T extends Named>(all: T[], to: Placed): T[] {
    const together = all.filter(
      ({ renderedFrom }) => renderedFrom !== undefined && renderedFrom === to.renderedFrom,
    )
    const candidates = together.length > 0 ? together : all
    const groups = candidates.length < 2 ? [candidates] : this.sameness.partition(candidates)
    if (groups.length === 1) return candidates
    const closeness = (group: T[]): number => Math.max(...group.map((member) => this.#closeness(member, to)))
    const best = Math.max(...groups.map(closeness))
    return groups.filter((group) => closeness(group) === best).flat()
  }

  /** Of the writings of one thing those in the same copy of the system: each has Services and autoscalers of its own. */
  nearestWritings<T extends Named>(candidates: T[], to: Placed): T[] {
    const writings = this.nearest(candidates, to)
    if (writings.length < 2) return writings
    const closeness = writings.map((writing) => this.#closeness(writing, to))
    const best = Math.max(...closeness)
    return writings.filter((_, index) => closeness[index] === best)
  }

  #closeness(a: Placed, b: Placed): number {
    const theirs = this.kustomizations.deploymentsOf(b)
    if (this.kustomizations.deploymentsOf(a).some(({ by }) => by && theirs.some((other) => other.by === by)))
      return Infinity
    const namespaces = this.kustomizations.namespacesOf(b)
    if (this.kustomizations.namespacesOf(a).some((namespace) => namespaces.includes(namespace)))
      return Number.MAX_SAFE_INTEGER
    return commonFolders(folderOf(a.source.path), folderOf(b.source.path))
  }

  /** Both are deployed to namespaces that are known, and to none in common. */
  #areApart(a: Placed, b: Placed): boolean {
    const [mine, theirs] = [a, b].map((each) => this.kustomizations.namespacesOf(each))
    const areKnown = mine!.length > 0 && theirs!.length > 0
    return areKnown && !mine!.some((namespace) => theirs!.includes(namespace))
  }
}

/** The kustomizations that name the object's file, not those that build on them. */
function addersOf({ source }: Placed, deployments: Deployment[]): Kustomization[] {
  const all = deployments.flatMap(({ by }) => by ?? [])
  const direct = all.filter(({ resources, patches }) => [...resources, ...patches].includes(source.path))
  return direct.length > 0 ? direct : all
}
