/** What the joined system consists of: components, the dependencies between them, and how both are guarded. */
import type { AlertRule } from '../facts/alert.js'
import type {
  CallPath,
  CallSite,
  Client,
  CodePackage,
  Endpoint,
  ExportedMetric,
  Guard,
  Practice,
  Route,
} from '../facts/code.js'
import type { Autoscaler, DisruptionBudget, NetworkService, Workload } from '../facts/kubernetes.js'
import type { Source } from '../facts/source.js'
import type { Instances } from './manifests/instances.js'

/** Pattern (a word of `rules/policies/patterns.yaml`) to the state of that protection. */
export type Guards = Record<string, Guard>

export interface Component {
  /** Unique; the name wherever that is unique. */
  id: string
  /** `service`, `database`, `cache`, `queue`, `object-store`, `external`, `observability`. */
  kind: string
  name: string
  /** Other names under which evidence speaks of it: labels, Service names, package names, declared aliases. */
  aliases: string[]
  tier: string | null
  sources: Source[]
  /** Why its pieces were joined, one sentence each. */
  joins: string[]
  workloads: Workload[]
  services: NetworkService[]
  budgets: DisruptionBudget[]
  autoscalers: Autoscaler[]
  /** How many instances of each workload run. */
  instances: Map<Workload, Instances>
  packages: CodePackage[]
  clients: Client[]
  practices: Practice[]
  routes: Route[]
  /** The ways of its outbound calls, by the place of the call. */
  paths: Map<string, CallPath>
  endpoints: Endpoint[]
  metrics: ExportedMetric[]
  /** Users come in here: an Ingress or a load balancer leads to it. */
  entry: boolean
  /** Protections of the component itself: replicas, graceful-shutdown, liveness-independent … */
  guards: Guards
  /** Alerts that speak of it, each with the reason of the tie. */
  alerts: AlertTie[]
}

export interface AlertTie {
  alert: AlertRule
  reason: string
  /** What it notices: `availability`, `errors`, `latency`, `connections`, `backlog`, `resources`, `hits`, `other`. */
  symptom: string
  /**
   * `named`: the alert names this component. `kind`: it watches a metric that every component of this kind has.
   * `possible`: it names nobody, and its metric is nobody's standard, so that it may be about any of them.
   */
  certainty: 'named' | 'kind' | 'possible'
  /** A protection of calls, of which alone it can speak: what is not so protected has no such series. Null for any other. */
  needs: string | null
}

export interface Dependency {
  /** `from -> to (protocol)`. */
  id: string
  from: string
  to: string
  protocol: string
  criticality: 'hard' | 'soft' | 'unknown'
  /** How it was seen and how its target was found. */
  reason: string
  sources: Source[]
  guards: Guards
  clients: Client[]
  /** Its calls one by one; none of what only manifests or declarations tell. */
  sites: Site[]
  proxied: Proxied
}

/** A place where a client is called, and what is seen around it. */
export interface Site {
  client: Client
  /** Null of a client whose calls were not seen: it stands for them. */
  call: CallSite | null
  source: Source
  /** Those of the call, else of its client. */
  guards: Guards
  /** Null where the way of the call was not followed. */
  path: CallPath | null
}

/** What the proxy beside a caller does to its calls of another component. */
export interface Proxied {
  /** They stand where the caller has no guard of its own, or none that is known. */
  guards: Guards
  /** Most tries that it makes of one call; null where it decides by itself. */
  tries: number | null
  /** What all of its tries may take, in seconds; null where it retries no slow ones, or nothing bounds them. */
  needSeconds: number | null
  /** Why it is not certain that calls pass it under these rules; null when it is. */
  doubt: string | null
}

export const UNPROXIED: Proxied = { guards: {}, tries: 1, needSeconds: null, doubt: null }

/** The joined system, with look-ups by id. */
export class System {
  readonly #byId: Map<string, Component>
  readonly #byWorkload: Map<Workload, Component>
  readonly #byService: Map<NetworkService, Component>
  readonly #byBudget: Map<DisruptionBudget, Component>
  readonly #callsOf = new Map<string, Dependency[]>()
  readonly #callsTo = new Map<string, Dependency[]>()

  constructor(
    readonly components: Component[],
    readonly dependencies: Dependency[],
    /** Clients whose target no evidence names: they take part in no chain. */
    readonly unresolved: { client: Client; reason: string }[],
  ) {
    this.#byId = new Map(components.map((component) => [component.id, component]))
    this.#byWorkload = firstBy(components, ({ workloads }) => workloads)
    this.#byService = firstBy(components, ({ services }) => services)
    this.#byBudget = firstBy(components, ({ budgets }) => budgets)
    for (const { id } of components) {
      this.#callsOf.set(id, [])
      this.#callsTo.set(id, [])
    }
    for (const dependency of dependencies) {
      this.#callsOf.get(dependency.from)?.push(dependency)
      this.#callsTo.get(dependency.to)?.push(dependency)
    }
  }

  component(id: string): Component | undefined {
    return this.#byId.get(id)
  }

  /** The component that a workload is a part of. */
  runBy(workload: Workload): Component | undefined {
    return this.#byWorkload.get(workload)
  }

  /** The first component that a Service leads to. */
  servedBy(service: NetworkService): Component | undefined {
    return this.#byService.get(service)
  }

  /** The first component that a budget guards. */
  guardedBy(budget: DisruptionBudget): Component | undefined {
    return this.#byBudget.get(budget)
  }

  /** The component that a name in an experiment or a label speaks of. */
  named(name: string | null): Component | undefined {
    return name === null ? undefined : componentNamed(name, this.components)
  }

  dependenciesOf(id: string): Dependency[] {
    return this.#callsOf.get(id) ?? []
  }

  dependentsOf(id: string): Dependency[] {
    return this.#callsTo.get(id) ?? []
  }

  /** Components where users come in; where no manifest says so, those that nothing in the system calls. */
  entries(): Component[] {
    const declared = this.components.filter((component) => component.entry)
    if (declared.length > 0) return declared
    return this.components.filter(
      (component) =>
        component.kind === 'service' &&
        this.dependentsOf(component.id).length === 0 &&
        this.dependenciesOf(component.id).length > 0,
    )
  }
}

function firstBy<Part>(
  components: Component[],
  partsOf: (component: Component) => Part[],
): Map<Part, Component> {
  const first = new Map<Part, Component>()
  for (const component of components)
    for (const part of partsOf(component)) if (!first.has(part)) first.set(part, component)
  return first
}

/** By id, else by declared alias, else by an alias that no other component has: an `app` label may stand on all of them. */
export function componentNamed(name: string, components: Component[]): Component | undefined {
  const known = components.find((component) => component.id === name)
  if (known) return known
  const candidates = components.filter((component) => component.aliases.includes(name))
  const declared = candidates.filter((component) => component.joins.includes(declaredAlias(name)))
  const [only, ...others] = declared.length > 0 ? declared : candidates
  return others.length === 0 ? only : undefined
}

/** The reason of a join that `resilience.yaml` states. */
export function declaredAlias(alias: string): string {
  return `resilience.yaml declares the alias ${alias}`
}
