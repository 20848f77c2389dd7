/** The manifest objects of a run: those that exist somewhere, and pieces that change them. */
import type { Facts } from '../../facts/fact.js'
import type { CustomObject } from '../../facts/custom-object.js'
import type { NetworkPolicy } from '../../facts/network-policy.js'
import type { ServiceAccount } from '../../facts/references.js'
import type { ScrapeMonitor } from '../../facts/scrape-monitor.js'
import type {
  Autoscaler,
  ConfigData,
  DisruptionBudget,
  EntryPoint,
  Kustomization,
  ManifestObject,
  NetworkService,
  VolumeClaim,
  Workload,
} from '../../facts/kubernetes.js'
import type { Namespace, TrafficPolicies, TrafficRoutes } from '../../facts/mesh.js'
import type { MissingCharts } from '../../facts/rendered.js'
import type { ReleaseEdit } from '../../facts/release-edit.js'
import type { SkaffoldConfig } from '../../facts/skaffold.js'
import type { Source } from '../../facts/source.js'

export interface ManifestObjects {
  workloads: Workload[]
  services: NetworkService[]
  budgets: DisruptionBudget[]
  autoscalers: Autoscaler[]
  entryPoints: EntryPoint[]
  configs: ConfigData[]
  claims: VolumeClaim[]
  policies: NetworkPolicy[]
  accounts: ServiceAccount[]
  monitors: ScrapeMonitor[]
  customs: CustomObject[]
  kustomizations: Kustomization[]
  skaffolds: SkaffoldConfig[]
  releaseEdits: ReleaseEdit[]
  /** Names that kustomizations set images for, each with the kustomization. */
  imageNames: Map<string, Source>
  trafficRoutes: TrafficRoutes[]
  trafficPolicies: TrafficPolicies[]
  namespaces: Namespace[]
  /** Names of the workloads that take a ConfigMap or Secret whole, by its `Kind/name`. */
  takers: Map<string, Set<string>>
  missingCharts: MissingCharts[]
  /** Patches and other pieces that are not whole. */
  fragments: {
    workloads: Workload[]
    autoscalers: Autoscaler[]
    budgets: DisruptionBudget[]
    ignoring: ManifestObject[]
    configs: ConfigData[]
    policies: NetworkPolicy[]
    services: NetworkService[]
    monitors: ScrapeMonitor[]
    traffic: (TrafficRoutes | TrafficPolicies)[]
  }
}

export function manifestObjects(facts: Facts): ManifestObjects {
  const kustomizations = facts.of('kustomization')
  const patches = new Set(kustomizations.flatMap((kustomization) => kustomization.patches))
  const workloads = facts.of('workload').filter(isWhole)
  return {
    workloads,
    services: existing(facts.of('service'), patches),
    budgets: existing(facts.of('disruption-budget'), patches),
    autoscalers: existing(facts.of('autoscaler'), patches),
    entryPoints: facts.of('entry-point').filter(isWhole),
    configs: facts.of('config-data').filter(isWhole),
    claims: facts.of('volume-claim').filter(isWhole),
    policies: existing(facts.of('network-policy'), patches),
    accounts: existing(facts.of('service-account'), patches),
    customs: facts.of('custom-object').filter(isWhole),
    monitors: existing(facts.of('scrape-monitor'), patches),
    kustomizations,
    skaffolds: facts.of('skaffold'),
    releaseEdits: facts.of('release-edit'),
    imageNames: imageNamesOf(facts),
    missingCharts: facts.of('missing-charts'),
    trafficRoutes: existing(facts.of('traffic-routes'), patches),
    trafficPolicies: existing(facts.of('traffic-policies'), patches),
    namespaces: facts.of('namespace').filter(isWhole),
    takers: takersIn(workloads),
    fragments: {
      workloads: facts.of('workload').filter((workload) => !isWhole(workload)),
      autoscalers: facts.of('autoscaler').filter((scaler) => !isWhole(scaler)),
      budgets: facts.of('disruption-budget').filter((budget) => !isWhole(budget)),
      ignoring: ignoringPieces(facts),
      configs: facts.of('config-data').filter((config) => !isWhole(config)),
      policies: facts.of('network-policy').filter((policy) => !isWhole(policy)),
      services: facts.of('service').filter((service) => !isWhole(service)),
      monitors: facts.of('scrape-monitor').filter((monitor) => !isWhole(monitor)),
      traffic: [...facts.of('traffic-routes'), ...facts.of('traffic-policies')].filter(
        (traffic) => !isWhole(traffic),
      ),
    },
  }
}

/** Pieces of any kind that ask other tools to leave something out, or no longer to. */
function ignoringPieces(facts: Facts): ManifestObject[] {
  return facts
    .all()
    .flatMap((fact) => ('fragment' in fact && fact.fragment && fact.peerIgnores ? [fact] : []))
}

/** What stands in a file of patches is not judged: only the rendered overlay is what will run. */
export function isWhole({ fragment }: ManifestObject): boolean {
  return !fragment
}

/** Whole objects, and those in files of patches that patch nothing: an overlay adds them. */
function existing<T extends ManifestObject>(objects: T[], patches: Set<string>): T[] {
  const whole = objects.filter(isWhole)
  const names = new Set(whole.map(({ name }) => name))
  const added = objects.filter(
    (object) =>
      !isWhole(object) && patches.has(object.source.path) && object.name !== '' && !names.has(object.name),
  )
  return [...whole, ...added]
}

function takersIn(workloads: Workload[]): Map<string, Set<string>> {
  const takers = new Map<string, Set<string>>()
  for (const workload of workloads)
    for (const { kind, name } of workload.containers.flatMap(({ envFrom }) => envFrom)) {
      const names = takers.get(`${kind}/${name}`) ?? new Set()
      takers.set(`${kind}/${name}`, names.add(workload.name))
    }
  return takers
}

/** Those of kustomizations that were rendered are no more than names. */
function imageNamesOf(facts: Facts): Map<string, Source> {
  return new Map([
    ...facts
      .of('kustomization')
      .flatMap(({ images, source }) => images.map((name) => [name, source] as const)),
    ...facts.of('named-image').map(({ name, source }) => [name, source] as const),
  ])
}
