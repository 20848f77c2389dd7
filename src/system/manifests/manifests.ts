/** The manifests of a run as they meet in a cluster: whole objects, and what each of them belongs to. */
import type { Facts } from '../../facts/fact.js'
import { groupedBy, listAt } from '../../facts/grouped.js'
import type {
  Autoscaler,
  ConfigData,
  DisruptionBudget,
  Kustomization,
  ManifestObject,
  NetworkService,
  VolumeClaim,
  Workload,
} from '../../facts/kubernetes.js'
import type { TrafficPolicies, TrafficRoutes } from '../../facts/mesh.js'
import type { PeerIgnore } from '../../facts/suppression.js'
import type { ComponentKinds } from '../../knowledge/policies.js'
import { Customs } from './customs.js'
import { countByFolder, ownFolder } from './folders.js'
import { kindOfImages } from './images.js'
import { Kustomizations, type Placed } from './kustomize.js'
import { labelPattern } from '../../facts/label-pattern.js'
import { manifestObjects, type ManifestObjects } from './manifest-objects.js'
import { Names } from './names.js'
import { Neighbourhood, type Meeting } from './neighbourhood.js'
import { Pods } from './pods.js'
import { ProportionalScalers } from './proportional.js'
import { Priorities } from './priorities.js'
import { Sameness, type Named } from './sameness.js'
import { Unlisted } from './unlisted.js'
import { UnreadTemplates } from './unread-templates.js'

/** Another object that belongs to the one asked about: always, or only where a kustomization adds it. */
export type Met<T> = Meeting & { object: T }

type Selecting = NetworkService | DisruptionBudget

export class Manifests {
  readonly objects: ManifestObjects
  readonly kustomizations: Kustomizations
  readonly unlisted: Unlisted
  readonly customs: Customs
  readonly unread: UnreadTemplates
  readonly priorities: Priorities
  readonly pods: Pods
  readonly proportionalScalers: ProportionalScalers
  readonly sameness: Sameness
  /** Namespaces that a Service or a workload is deployed to. */
  readonly namespaces: Set<string>
  readonly #byId: Map<string, (ManifestObject & Named)[]>
  readonly #neighbourhood: Neighbourhood
  readonly #selected: Map<Selecting, Workload[]>
  readonly #scaled: Map<Autoscaler, Workload[]>
  readonly #services: Map<Workload, NetworkService[]>
  readonly #budgets: Map<Workload, DisruptionBudget[]>
  readonly #autoscalers: Map<Workload, Autoscaler[]>
  readonly #entered: Set<NetworkService>
  readonly #patches = new Map<Workload, Workload[]>()
  readonly #names: Names

  constructor(facts: Facts, kinds: ComponentKinds) {
    this.objects = manifestObjects(facts)
    const { workloads, services, budgets, autoscalers, entryPoints, configs, claims } = this.objects
    const { trafficRoutes, trafficPolicies, namespaces, policies, accounts, monitors, customs } = this.objects
    const objects = [
      ...[...workloads, ...services, ...budgets, ...autoscalers],
      ...[...entryPoints, ...configs, ...claims, ...trafficRoutes, ...trafficPolicies, ...namespaces],
    ]
    this.#byId = groupedBy(objects, ({ id }) => id)
    this.kustomizations = new Kustomizations(
      this.objects.kustomizations,
      [...objects, ...policies, ...accounts, ...monitors, ...customs].map(({ source }) => source.path),
    )
    this.customs = new Customs(customs)
    this.unread = new UnreadTemplates(facts)
    this.unlisted = new Unlisted(facts, this.kustomizations)
    this.priorities = new Priorities(this.objects, facts.of('priority-class'))
    this.#names = new Names(objects, this.kustomizations)
    this.namespaces = new Set(
      [...services, ...workloads].flatMap((object) => this.kustomizations.namespacesOf(object)),
    )
    const programs = workloads.filter((workload) => kindOfImages(workload, kinds) === 'service')
    this.sameness = new Sameness(this.kustomizations, objects, programs)
    this.#neighbourhood = new Neighbourhood(this.kustomizations, this.sameness)
    const places = { kustomizations: this.kustomizations, neighbourhood: this.#neighbourhood }
    this.proportionalScalers = new ProportionalScalers(workloads)
    this.pods = new Pods(workloads, places, (workload) => this.patchesOf(workload))
    const selecting: Selecting[] = [...services, ...budgets]
    this.#selected = new Map(selecting.map((object) => [object, this.pods.selectedBy(object)]))
    this.#scaled = new Map(autoscalers.map((scaler) => [scaler, this.#scale(scaler)]))
    this.#services = byWorkload(services, (service) => this.#selected.get(service)!)
    this.#budgets = byWorkload(budgets, (budget) => this.#selected.get(budget)!)
    this.#autoscalers = byWorkload(autoscalers, (scaler) => this.#scaled.get(scaler)!)
    this.#entered = new Set(
      entryPoints.flatMap((entry) =>
        entry.backends.flatMap(({ service }) => this.servicesNamed(service, entry)),
      ),
    )
  }

  /** `namespace/Kind/name`, before which a folder stands when several systems have an object called so. */
  identityOf(object: ManifestObject & Named): string {
    // One object may give facts of several kinds.
    const namesakes = (this.#byId.get(object.id) ?? []).filter(({ fact }) => fact === object.fact)
    if (namesakes.length < 2) return object.id
    const own = this.sameness.partition(namesakes).find((group) => group.includes(object)) ?? [object]
    if (own.length === namesakes.length) return object.id
    const [mine, all] = [own, namesakes].map((objects) => objects.map(({ source }) => source.path))
    return `${ownFolder(object.source.path, mine!, countByFolder(all!))}: ${object.id}`
  }

  selectedBy(object: Selecting): Met<Workload>[] {
    return this.met(object, this.#selected.get(object) ?? [])
  }

  servicesOf(workload: Workload): Met<NetworkService>[] {
    return this.met(workload, this.#services.get(workload) ?? [])
  }

  budgetsOf(workload: Workload): Met<DisruptionBudget>[] {
    return this.met(workload, this.#budgets.get(workload) ?? [])
  }

  autoscalersOf(workload: Workload): Met<Autoscaler>[] {
    return this.met(workload, this.#autoscalers.get(workload) ?? [])
  }

  scaledBy(autoscaler: Autoscaler): Workload[] {
    return this.#scaled.get(autoscaler) ?? []
  }

  /** True when an entry point leads to the Service. */
  isEntered(service: NetworkService): boolean {
    return this.#entered.has(service)
  }

  /** Services that a name means at a place; with a namespace, those of that namespace. */
  servicesNamed(name: string, from: Placed, namespace?: string): NetworkService[] {
    return this.#meant(this.#names.called('service', name, placeOf(from, namespace)), from, namespace)
  }

  workloadsNamed(name: string, from: Placed, namespace?: string): Workload[] {
    return this.#meant(this.#names.called('workload', name, placeOf(from, namespace)), from, namespace)
  }

  /** `ConfigMap` or `Secret` as a workload sees it. */
  config(kind: ConfigData['kind'], name: string, from: Placed): ConfigData | undefined {
    return this.configsNamed(kind, name, from)[0]
  }

  /** All that make the object: each environment may write it for itself. */
  configsNamed(kind: ConfigData['kind'], name: string, from: Placed): ConfigData[] {
    return this.#meant(this.#names.called('config-data', name, { from, kind }), from)
  }

  claims(name: string, from: Placed): VolumeClaim[] {
    return this.#meant(this.#names.called('volume-claim', name, { from }), from)
  }

  /** Patches that reach a workload: those of kustomizations that render it, and pieces that nobody names as patches. */
  patchesOf(workload: Workload): Workload[] {
    const known = this.#patches.get(workload)
    if (known) return known
    const patches = this.objects.fragments.workloads.filter((piece) => this.#patchesIt(piece, workload))
    this.#patches.set(workload, patches)
    return patches
  }

  /** What patches say to other tools of an object; which of them reach it does not matter, for the answer must hold for all. */
  ignoringPatchesOf({ kind, name }: ManifestObject): PeerIgnore[] {
    const pieces = this.objects.fragments.ignoring.filter(
      (piece) => piece.kind === kind && (piece.name === name || (labelPattern(piece.name)?.(name) ?? false)),
    )
    return pieces.flatMap(({ peerIgnores }) => peerIgnores ?? [])
  }

  /** Patches that reach a budget. */
  patchesOfBudget(budget: DisruptionBudget): DisruptionBudget[] {
    return this.objects.fragments.budgets.filter((piece) => this.#patchesIt(piece, budget))
  }

  /** A piece that changes rules for traffic, where one does. */
  patchOfTraffic(object: TrafficRoutes | TrafficPolicies): ManifestObject | undefined {
    return this.objects.fragments.traffic.find(
      (piece) => piece.fact === object.fact && this.#patchesIt(piece, object),
    )
  }

  /** Kustomizations whose own fields reach a workload. */
  reaching(workload: Workload): Kustomization[] {
    return this.objects.kustomizations.filter((kustomization) =>
      this.kustomizations.reaches(kustomization, workload),
    )
  }

  /** Of the others those that an object can meet, each with where. */
  met<T extends Placed>(object: Placed, others: T[]): Met<T>[] {
    return others
      .map((other) => ({ object: other, ...this.#neighbourhood.meeting(object, other) }))
      .filter(({ where }) => where !== 'never')
  }

  #patchesIt(piece: ManifestObject, object: ManifestObject): boolean {
    if (piece.kind !== object.kind || !this.#isMeant(object, piece.name)) return false
    const users = this.objects.kustomizations.filter(({ patches }) => patches.includes(piece.source.path))
    return users.length > 0
      ? users.some((kustomization) => this.kustomizations.reaches(kustomization, object))
      : this.#neighbourhood.meeting(object, piece).where !== 'never'
  }

  /** Of the objects of one name those that are meant at a place. */
  #meant<T extends Named>(namesakes: T[], from: Placed, namespace?: string): T[] {
    if (namespace === undefined) return this.#neighbourhood.nearest(namesakes, from)
    const within = namesakes.filter((object) => this.kustomizations.namespacesOf(object).includes(namespace))
    const anywhere = namesakes.filter((object) => this.kustomizations.namespacesOf(object).length === 0)
    return this.#neighbourhood.closest(within.length > 0 ? within : anywhere, from)
  }

  /** A patch's target is a pattern of names. */
  #isMeant(object: Placed, name: string): boolean {
    return (
      this.kustomizations.namesOf(object).includes(name) ||
      (name !== '' && (labelPattern(name)?.(object.name) ?? false))
    )
  }

  #scale(scaler: Autoscaler): Workload[] {
    const { name, kind } = scaler.target
    return this.#neighbourhood.nearestWritings(
      this.#names.called('workload', name, { from: scaler, kind }),
      scaler,
    )
  }
}

/** Where a name is looked for: in all places, when a namespace is named. */
function placeOf(from: Placed, namespace: string | undefined): { from?: Placed } {
  return namespace === undefined ? { from } : {}
}

/** What belongs to each workload, from what each object belongs to. */
function byWorkload<T>(objects: T[], workloadsOf: (object: T) => Workload[]): Map<Workload, T[]> {
  const lists = new Map<Workload, T[]>()
  for (const object of objects)
    for (const workload of workloadsOf(object)) listAt(lists, workload).push(object)
  return lists
}
