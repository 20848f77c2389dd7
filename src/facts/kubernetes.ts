/** What can be seen in Kubernetes manifests. Durations are seconds, quantities cores and bytes. */
import type { PreStop, Probe } from './probe.js'
import type { Source } from './source.js'
import type { PeerIgnore } from './suppression.js'
import type { SpreadConstraint } from './spread.js'

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
  /** What it asks other tools to leave out; missing where it asks for nothing. */
  peerIgnores?: PeerIgnore[]
  /** A Kustomize patch or another piece that is not a whole object: facts of it are never judged. */
  fragment: boolean
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
  /** As written; null when omitted (Kubernetes then runs 1). */
  replicas: number | null
  podLabels: Record<string, string>
  /** matchLabels of the selector; empty when there is none. */
  selector: Record<string, string>
  /** Amounts as written; parseAmount says whether Kubernetes takes them. */
  strategy: { type: string | null; maxUnavailable: string | null; maxSurge: string | null }
  progressDeadlineSeconds: number | null
  terminationGracePeriodSeconds: number | null
  /** Topology keys over which pods are spread, by topologySpreadConstraints or podAntiAffinity. */
  spreadOver: string[]
  spreadConstraints: SpreadConstraint[]
  priorityClass: string | null
  restartPolicy: string | null
  serviceAccount: string | null
  hostNetwork: boolean
  /** Claim names of PersistentVolumeClaims mounted (not volumeClaimTemplates). */
  claims: string[]
  /** Volumes that a StatefulSet has made for each of its pods. */
  claimTemplates: string[]
  /** emptyDir volumes on the node's disk. */
  scratchVolumes: { name: string; hasLimit: boolean }[]
  /** The Service that gives the pods of a StatefulSet their names. */
  serviceName: string | null
  /** Job and CronJob only. */
  job: {
    backoffLimit: number | null
    activeDeadlineSeconds: number | null
    ttlSecondsAfterFinished: number | null
    /** Several pods, each of which may fail. */
    isParallel: boolean
    /** The annotation of a tool that deletes it. */
    cleanedBy: string | null
    concurrencyPolicy: string | null
    startingDeadlineSeconds: number | null
    schedule: string | null
  } | null
  /** Long-running containers; init containers are listed by name only. */
  containers: Container[]
  initContainers: string[]
}

export interface Container {
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
  /** Volumes that it may write to. */
  writes: string[]
  limitsEphemeralStorage: boolean
  env: EnvVariable[]
  /** ConfigMaps and Secrets taken whole by envFrom. */
  envFrom: { kind: 'ConfigMap' | 'Secret'; name: string }[]
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
  /** Without an address of its own (clusterIP None): its name stands for the pods, each of which has one too. */
  isHeadless: boolean
  externalName: string | null
}

export interface Autoscaler extends ManifestObject {
  fact: 'autoscaler'
  target: { kind: string; name: string }
  minReplicas: number | null
  maxReplicas: number | null
  /** Resource metrics by utilisation: `cpu`, `memory`. */
  utilisationOf: string[]
}

export interface DisruptionBudget extends ManifestObject {
  fact: 'disruption-budget'
  kind: 'PodDisruptionBudget'
  selector: Record<string, string>
  /** As written: `1` or `50%`; parseAmount says whether Kubernetes takes it. */
  minAvailable: string | null
  maxUnavailable: string | null
  /** Null when omitted: Kubernetes then evicts pods that are not ready only while enough others are (IfHealthyBudget). */
  unhealthyPodEvictionPolicy: string | null
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

export interface PriorityClass extends ManifestObject {
  fact: 'priority-class'
  value: number | null
  /** For all pods that name no class. */
  isDefault: boolean
  preemptionPolicy: string | null
}

/** An object of a kind that is not read, in an API version that Kubernetes no longer serves. */
export interface OutdatedObject extends ManifestObject {
  fact: 'outdated-object'
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
  | PriorityClass
  | OutdatedObject
  | Kustomization
  | SkaffoldConfig
