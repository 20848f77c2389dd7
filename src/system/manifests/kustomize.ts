/** Which kustomizations render a manifest, and what they make of it: its namespace, its names, the labels of its pods. */
import type { Kustomization, ManifestObject } from '../../facts/kubernetes.js'
import { listAt } from '../../facts/grouped.js'
import { folderOf } from './folders.js'

/** What identifies an object and says where it is written. */
export type Placed = Pick<ManifestObject, 'source' | 'namespace' | 'name' | 'onlyIn' | 'renderedFrom'>

/** One way in which an object reaches a cluster: through a kustomization, or as it is written (`by` is null). */
export interface Deployment {
  by: Kustomization | null
  /** `default` when neither the object nor a kustomization names one. */
  namespace: string
  name: string
  /** Labels added to its pods. */
  podLabels: Record<string, string>
  /** Labels added to the object itself. */
  labels: Record<string, string>
}

/** What kustomizations make of any object of a file. */
interface Rendering {
  /** Null: the one that the object names. */
  namespace: string | null
  /** What stands around the name, after each kustomization on the way up. */
  affixes: { prefix: string; suffix: string }[]
  podLabels: Record<string, string>
  labels: Record<string, string>
  /** Kustomizations on the way up. */
  height: number
}

type Rendered = Map<string, Rendering>

const AS_WRITTEN: Rendering = {
  namespace: null,
  affixes: [{ prefix: '', suffix: '' }],
  podLabels: {},
  labels: {},
  height: 0,
}

/** Kustomizations inside each other, beyond which a repository means harm. */
const MAX_DEPTH = 30

export class Kustomizations {
  readonly #byFolder = new Map<string, Kustomization>()
  readonly #filesIn = new Map<string, string[]>()
  readonly #rendered = new Map<Kustomization, Rendered>()
  readonly #deployments = new Map<Placed, Deployment[]>()
  readonly #namespaces = new Map<Placed, string[]>()
  readonly #partial = new Map<string, Kustomization>()
  readonly #byFile = new Map<string, { by: Kustomization; rendering: Rendering }[]>()

  /** `files` are those that hold manifests. */
  constructor(all: Kustomization[], files: Iterable<string>) {
    for (const file of new Set(files)) {
      listAt(this.#filesIn, folderOf(file)).push(file)
      listAt(this.#filesIn, file).push(file)
    }
    for (const kustomization of all) this.#byFolder.set(kustomization.folder, kustomization)
    for (const base of this.#impliedBases(all)) this.#byFolder.set(base.folder, base)
    for (const by of this.#byFolder.values())
      for (const [file, rendering] of this.#render(by, [])) listAt(this.#byFile, file).push({ by, rendering })
  }

  /** A component counts only for what nothing else renders. */
  deploymentsOf(object: Placed): Deployment[] {
    const known = this.#deployments.get(object)
    if (known) return known
    const deployments = this.#deploy(object)
    this.#deployments.set(object, deployments)
    return deployments
  }

  #deploy(object: Placed): Deployment[] {
    const { namespace, name } = object
    if (object.onlyIn)
      return [{ by: this.#partialEnvironment(object.onlyIn), namespace, name, podLabels: {}, labels: {} }]
    const all = (this.#byFile.get(object.source.path) ?? []).map(({ by, rendering }) => ({
      by,
      namespace: rendering.namespace ?? object.namespace,
      name: renamed(object.name, rendering.affixes.at(-1)!),
      podLabels: rendering.podLabels,
      labels: rendering.labels,
    }))
    const whole = all.filter(({ by }) => !by.isComponent)
    if (whole.length > 0) return whole
    const asWritten = { by: null, namespace, name, podLabels: {}, labels: {} }
    return all.length > 0 ? all : [asWritten]
  }

  /** Some environments of several, as what is mixed in there only. */
  #partialEnvironment(names: string[]): Kustomization {
    const folder = names.join(' and ')
    const known = this.#partial.get(folder)
    if (known) return known
    const environment = { ...impliedBase(folder, []), isComponent: true }
    this.#partial.set(folder, environment)
    return environment
  }

  /** Namespaces that it is deployed to; none when neither it nor a kustomization names one. */
  namespacesOf(object: Placed): string[] {
    const known = this.#namespaces.get(object)
    if (known) return known
    const all = this.deploymentsOf(object).map(({ namespace }) => namespace)
    const namespaces = [...new Set(all)].filter((namespace) => namespace !== 'default').sort()
    this.#namespaces.set(object, namespaces)
    return namespaces
  }

  /** Whether any of them renders a file. */
  lists(path: string): boolean {
    return this.#byFile.has(path)
  }

  /** The kustomization of a file's folder, where that lists other files of the folder and not this one, and no other renders it. */
  leavingOut(path: string): Kustomization | null {
    const beside = this.#byFolder.get(folderOf(path))
    if (!beside || this.lists(path) || beside.patches.includes(path)) return null
    const listsOthers = beside.resources.some((resource) => this.#filesIn.get(resource)?.[0] === resource)
    return listsOthers ? beside : null
  }

  /** Names by which others may speak of it, the written one first. */
  namesOf(object: Placed): string[] {
    const renderings = this.#byFile.get(object.source.path) ?? []
    const names = renderings.flatMap(({ rendering }) =>
      rendering.affixes.map((affix) => renamed(object.name, affix)),
    )
    return [...new Set([object.name, ...names])]
  }

  /** A kustomization and those that it builds on. */
  basesOf(kustomization: Kustomization): Kustomization[] {
    return this.#reachedFrom(kustomization, ({ resources }) => resources)
  }

  /** A kustomization, the components that it mixes in and its bases: what is nearer to it counts over what is farther. */
  partsOf(kustomization: Kustomization): Kustomization[] {
    return this.#reachedFrom(kustomization, ({ components, resources }) => [...components, ...resources])
  }

  #reachedFrom(start: Kustomization, steps: (from: Kustomization) => string[]): Kustomization[] {
    const reached = new Set([start])
    for (const one of reached)
      for (const path of steps(one)) {
        const next = this.#byFolder.get(path)
        if (next) reached.add(next)
      }
    return [...reached]
  }

  /** Whether its patches and fields reach an object: a component's may, as one whose resources were not read. */
  reaches(kustomization: Kustomization, { source }: Placed): boolean {
    const files = this.filesOf(kustomization)
    return kustomization.isComponent || files.size === 0 || files.has(source.path)
  }

  /** Files that it renders. */
  filesOf(kustomization: Kustomization): ReadonlyMap<string, unknown> {
    return this.#rendered.get(kustomization) ?? new Map()
  }

  /** A folder named as a base, whose kustomization was not read, is deployed like any other. */
  #impliedBases(all: Kustomization[]): Kustomization[] {
    const paths = new Set(all.flatMap(({ resources }) => resources))
    return [...paths].flatMap((path) => {
      const files = this.#filesIn.get(path) ?? []
      const isFolder = files.length > 0 && files[0] !== path
      return isFolder && !this.#byFolder.has(path) ? [impliedBase(path, files)] : []
    })
  }

  #render(kustomization: Kustomization, within: Kustomization[]): Rendered {
    const known = this.#rendered.get(kustomization)
    if (known) return known
    const rendered: Rendered = new Map()
    if (within.length > MAX_DEPTH || within.includes(kustomization)) return rendered
    // Whole objects in a file of patches come along with it.
    const { resources, components, patches } = kustomization
    for (const path of [...resources, ...components, ...patches]) {
      const base = this.#byFolder.get(path)
      const below = base
        ? this.#render(base, [...within, kustomization])
        : new Map((this.#filesIn.get(path) ?? []).map((file) => [file, AS_WRITTEN]))
      for (const [file, rendering] of below)
        if (!rendered.has(file) && rendering.height < MAX_DEPTH)
          rendered.set(file, changedBy(kustomization, rendering))
    }
    this.#rendered.set(kustomization, rendered)
    return rendered
  }
}

function changedBy(kustomization: Kustomization, below: Rendering): Rendering {
  const { namespace, namePrefix, nameSuffix, podLabels, labels } = kustomization
  const { prefix, suffix } = below.affixes.at(-1)!
  const isRenamed = namePrefix !== '' || nameSuffix !== ''
  return {
    namespace: namespace ?? below.namespace,
    affixes: isRenamed
      ? [...below.affixes, { prefix: namePrefix + prefix, suffix: suffix + nameSuffix }]
      : below.affixes,
    podLabels: { ...below.podLabels, ...podLabels },
    labels: { ...below.labels, ...labels },
    height: below.height + 1,
  }
}

function renamed(name: string, { prefix, suffix }: { prefix: string; suffix: string }): string {
  return `${prefix}${name}${suffix}`
}

function impliedBase(folder: string, resources: string[]): Kustomization {
  return {
    fact: 'kustomization',
    source: { path: folder, line: 1, column: 1, endLine: 1 },
    folder,
    isComponent: false,
    resources,
    components: [],
    patches: [],
    patchTargets: {},
    images: [],
    replicas: {},
    namespace: null,
    namePrefix: '',
    nameSuffix: '',
    podLabels: {},
    labels: {},
    generates: [],
  }
}
