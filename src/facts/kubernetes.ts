/** What can be seen in Kubernetes manifests. Durations are seconds, quantities cores and bytes. */
import type { Source } from './source.js'

/** Identity and place of an object. `at` gives the place of a field by name, for findings that point at it. */
export interface ManifestObject {
  source: Source
  /** `namespace/Kind/name`; the namespace is `default` when the manifest names none. */
  id: string
  apiVersion: string
  kind: string
  name: string
  namespace: string
  labels: Record<string, string>
  at: Record<string, Source>
  /** Rule id to reason, from `resilience-report/ignore.RULE` annotations. */
  ignores: Record<string, string>
  /** A Kustomize patch or another piece that is not a whole object: facts of it are never judged. */
  fragment: boolean
  /** The chart or the overlays that it is rendered from, by the path of a file that describes them. */
  renderedFrom?: string
  /** Environments that have it, the first being the one whose facts these are, when others that are rendered from the same chart or bases do not. */
  onlyIn?: string[]
}

/** What the same thing is in another environment that is rendered from the same chart or bases. */
export interface Elsewhere<T> {
  /** The values file, or the overlay. */
  environment: string
  object: T
}

export interface Workload extends ManifestObject {
  fact: 'workload'
  kind:
    | 'Deployment'
    | 'StatefulSet'
    | 'DaemonSet'
    | 'ReplicaSet'
    | 'ReplicationController'
    | 'Job'
    | 'CronJob'
    | 'Pod'
  /** As written; null when omitted (Kubernetes then runs 1). Of several environments the least. */
  replicas: number | null
  most?: MostInstances
  elsewhere?: Elsewhere<Workload>[]
  podLabels: Record<string, string>
  /** matchLabels of the selector; empty when there is none. */
  selector: Record<string, string>
  /** Amounts as written; parseAmount says whether Kubernetes takes them. */
  strategy: { type: string | null; maxUnavailable: string | null; maxSurge: string | null }
  progressDeadlineSeconds: number | null
  terminationGracePeriodSeconds: number | null
  /** Topology keys over which pods are spread, by topologySpreadConstraints or podAntiAffinity. */
  spreadOver: string[]
  priorityClass: string | null
  restartPolicy: string | null
  serviceAccount: string | null
  hostNetwork: boolean
  /** Claim names of PersistentVolumeClaims mounted (not volumeClaimTemplates). */
  claims: string[]
  /** Job and CronJob only. */
  job: {
    backoffLimit: number | null
    activeDeadlineSeconds: number | null
    concurrencyPolicy: string | null
    startingDeadlineSeconds: number | null
    schedule: string | null
  } | null
  /** Long-running containers; init containers are listed by name only. */
  containers: Container[]
  initContainers: string[]
}

/** The most instances of several environments. */
export interface MostInstances {
  instances: number
  reason: string
}

export interface Container {
  elsewhere?: Elsewhere<Container>[]
  name: string
  source: Source
  at: Record<string, Source>
  image: string | null
  requests: { cpu: number | null; memory: number | null }
  limits: { cpu: number | null; memory: number | null }
  ports: { name: string | null; port: number }[]
  readiness: Probe | null
  liveness: Probe | null
  startup: Probe | null
  preStop: PreStop | null
  env: EnvVariable[]
  /** ConfigMaps and Secrets taken whole by envFrom. */
  envFrom: { kind: 'ConfigMap' | 'Secret'; name: string }[]
}

export interface Probe {
  source: Source
  /** What is asked, with named ports resolved: `http:8080/healthz`, `tcp:5432`, `grpc:50051`, `exec:pg_isready -U app`. */
  action: string
  path: string | null
  port: number | null
  initialDelaySeconds: number
  periodSeconds: number
  timeoutSeconds: number
  failureThreshold: number
}

/** A hook that runs before the process is told to stop: the grace period counts from its start. */
export interface PreStop {
  source: Source
  atLeastSeconds: number
  /** Null when nothing says how long it takes: a script, a request. */
  atMostSeconds: number | null
}

export interface EnvVariable {
  name: string
  value: string | null
  /** `ConfigMap/name/key` or `Secret/name/key` when the value comes from there. */
  from: string | null
  source: Source
}

export interface NetworkService extends ManifestObject {
  fact: 'service'
  kind: 'Service'
  /** null: no selector (ExternalName or manual endpoints). */
  selector: Record<string, string> | null
  ports: { name: string | null; port: number; targetPort: string | null }[]
  type: string
  externalName: string | null
}

export interface Autoscaler extends ManifestObject {
  fact: 'autoscaler'
  target: { kind: string; name: string }
  /** Of several environments the least. */
  minReplicas: number | null
  most?: MostInstances
  elsewhere?: Elsewhere<Autoscaler>[]
  maxReplicas: number | null
  /** Resource metrics by utilisation: `cpu`, `memory`. */
  utilisationOf: string[]
}

export interface DisruptionBudget extends ManifestObject {
  fact: 'disruption-budget'
  elsewhere?: Elsewhere<DisruptionBudget>[]
  kind: 'PodDisruptionBudget'
  selector: Record<string, string>
  /** As written: `1` or `50%`; parseAmount says whether Kubernetes takes it. */
  minAvailable: string | null
  maxUnavailable: string | null
}

/** An Ingress, HTTPRoute or VirtualService: where users come in. */
export interface EntryPoint extends ManifestObject {
  fact: 'entry-point'
  hosts: string[]
  backends: { service: string; source: Source }[]
}

/** ConfigMap data, so that an environment variable can be followed to its value. Secret values are never kept. */
export interface ConfigData extends ManifestObject {
  fact: 'config-data'
  kind: 'ConfigMap' | 'Secret'
  keys: string[]
  /** ConfigMap values only. */
  values: Record<string, string>
}

export interface VolumeClaim extends ManifestObject {
  fact: 'volume-claim'
  accessModes: string[]
}

/** Which objects a patch is for: those of a kind, or of any, whose names match a pattern. */
export interface PatchTarget {
  kind: string | null
  name: string
}

/** A kustomization file: which manifests it renders, and what it makes of them. Paths are relative to the root. */
export interface Kustomization {
  fact: 'kustomization'
  source: Source
  /** Folder of the kustomization file. */
  folder: string
  /** A component is mixed into the kustomizations that name it, and never deployed by itself. */
  isComponent: boolean
  /** Manifests, and folders of other kustomizations, that it renders. */
  resources: string[]
  /** Folders of components that it mixes in. */
  components: string[]
  /** Files that hold its patches, itself among them when some are written in place. */
  patches: string[]
  /** Of files of patches, what they are for: kinds, each with a pattern of names. */
  patchTargets: Record<string, PatchTarget[]>
  /** Image names whose tag it sets. */
  images: string[]
  /** Workload names whose number of instances it sets; null when the number could not be read. */
  replicas: Record<string, number | null>
  /** Null: the namespaces stay as they are. */
  namespace: string | null
  namePrefix: string
  nameSuffix: string
  /** Labels that it adds to every pod. */
  podLabels: Record<string, string>
}

/** A Skaffold configuration: deploying, it puts the tags of what it built into the manifests. */
export interface SkaffoldConfig {
  fact: 'skaffold'
  source: Source
  /** Names of the images it builds, without tags. */
  artifacts: { image: string; source: Source }[]
}

export type KubernetesFact =
  | Workload
  | NetworkService
  | Autoscaler
  | DisruptionBudget
  | EntryPoint
  | ConfigData
  | VolumeClaim
  | Kustomization
  | SkaffoldConfig
