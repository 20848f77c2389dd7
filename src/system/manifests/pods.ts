/** Pods by their labels: as written, as kustomizations deploy them, and which workloads a selector finds. */
import { groupedBy } from '../../facts/grouped.js'
import type { DisruptionBudget, NetworkService, Workload } from '../../facts/kubernetes.js'
import type { Kustomizations, Placed } from './kustomize.js'
import type { Neighbourhood } from './neighbourhood.js'
import { hasPod, isPodName, singlePodOf } from './pod-names.js'
import { selectsPods } from './selection.js'
import { Vicinity } from './vicinity.js'

type Labels = Record<string, string>

type Selecting = NetworkService | DisruptionBudget

/** Stands for any label. */
const ANY = ''

export class Pods {
  readonly #labels: Map<Workload, Labels[]>
  /** Workloads by each label of their pods. */
  readonly #labelled: Vicinity<Workload>
  readonly #neighbourhood: Neighbourhood
  readonly #kustomizations: Kustomizations

  constructor(
    workloads: Workload[],
    { kustomizations, neighbourhood }: { kustomizations: Kustomizations; neighbourhood: Neighbourhood },
    patchesOf: (workload: Workload) => Workload[],
  ) {
    this.#neighbourhood = neighbourhood
    this.#kustomizations = kustomizations
    this.#labels = new Map(
      workloads.map((workload) => [workload, labelsOf(workload, patchesOf(workload), kustomizations)]),
    )
    this.#labelled = new Vicinity(kustomizations)
    for (const [workload, variants] of this.#labels)
      for (const label of new Set([ANY, ...variants.flatMap(keysOf)])) this.#labelled.add(label, workload)
  }

  /** As written, and as each kustomization deploys them. */
  labelsOf(workload: Workload): Labels[] {
    return this.#labels.get(workload) ?? [workload.podLabels]
  }

  /** Workloads that an object can meet, and perhaps some that it cannot. */
  near(object: Placed): readonly Workload[] {
    return this.#labelled.near(ANY, object)
  }

  areIn(namespace: string): boolean {
    return this.#labelled.isIn(ANY, namespace)
  }

  /** Whether a manifest gives a pod the label, as it is written. */
  anyHas(label: string, value: string): boolean {
    const labelled = this.#labelled.all(keyOf(label, value))
    return labelled.some(({ podLabels }) => podLabels[label] === value)
  }

  /** Of several workloads of one name those that the object is closest to. */
  selectedBy(object: Selecting): Workload[] {
    const pod = singlePodOf(object)
    const selected = this.#perhapsSelectedBy(object).filter((workload) => {
      const own = pod !== null && hasPod(workload, this.#kustomizations.namesOf(workload), pod) ? pod : {}
      return this.labelsOf(workload).some((labels) => selectsPods(object, { ...labels, ...own }))
    })
    return [...groupedBy(selected, ({ name }) => name).values()].flatMap((namesakes) =>
      this.#neighbourhood.nearestWritings(namesakes, object),
    )
  }

  /** Those that have its rarest label; all where it asks for none. */
  #perhapsSelectedBy(object: Selecting): readonly Workload[] {
    const labels = object.fact === 'service' ? object.selector : object.selector?.labels
    const countOf = (label: string): number => this.#labelled.all(label).length
    const written = Object.entries(labels ?? {}).filter(([label]) => !isPodName(label))
    const rarest = keysOf(Object.fromEntries(written)).reduce(
      (a, b) => (countOf(b) < countOf(a) ? b : a),
      ANY,
    )
    return this.#labelled.near(rarest, object)
  }
}

/** A kustomization, by itself and by its patches, may add labels to the pods that its own selectors ask for. */
function labelsOf(workload: Workload, patches: Workload[], kustomizations: Kustomizations): Labels[] {
  const deployments = kustomizations.deploymentsOf(workload)
  return [
    workload.podLabels,
    ...deployments.flatMap(({ podLabels }) =>
      [{ podLabels: {} }, ...patches].map((patch) => ({
        ...workload.podLabels,
        ...podLabels,
        ...patch.podLabels,
      })),
    ),
  ]
}

function keysOf(labels: Labels): string[] {
  return Object.entries(labels).map(([name, value]) => keyOf(name, value))
}

function keyOf(label: string, value: string): string {
  return `${label}=${value}`
}
