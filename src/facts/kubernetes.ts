/** What can be seen in Kubernetes manifests. Durations are seconds, quantities cores and bytes. */
import type { CustomObject } from './custom-object.js'
import type { EnvVariable } from './environment-variable.js'
import type { JobSettings } from './job-settings.js'
import type { LabelSelector } from './label-selector.js'
import type { ManifestObject } from './manifest-object.js'
import type { MissingCharts, NamedImage, UnlistedManifest } from './rendered.js'
import type { NetworkPolicy } from './network-policy.js'
import type { PreStop, Probe } from './probe.js'
import type { ObjectReference, ServiceAccount } from './references.js'
import type { ScrapeMonitor } from './scrape-monitor.js'
import type { ReleaseEdit } from './release-edit.js'
import type { SkaffoldConfig } from './skaffold.js'
import type { Source } from './source.js'
import type { UnfilledManifest } from './unfilled-manifest.js'
import type { AntiAffinity, SpreadConstraint } from './spread.js'
import type { StartWait } from './start-waits.js'

export type { EnvVariable, ManifestObject }

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
    | 'DeploymentConfig'
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
  podAnnotations: Record<string, string>
  /** matchLabels of the selector; empty when there is none. */
  selector: Record<string, string>
  /** Amounts as written; parseAmount says whether Kubernetes takes them. */
  strategy: { type: string | null; maxUnavailable: string | null; maxSurge: string | null }
  progressDeadlineSeconds: number | null
  terminationGracePeriodSeconds: number | null
  /** Words of a comment in its pod which say that the program drains before it closes. */
  drainRemark?: string
  antiAffinity: AntiAffinity[]
  spreadConstraints: SpreadConstraint[]
  priorityClass: string | null
  restartPolicy: string | null
  serviceAccount: string | null
  hostNetwork: boolean
  /** Null when omitted (Kubernetes then asks the cluster's DNS). */
  dnsPolicy?: string | null
  /** Containers whose image a trigger of OpenShift sets. */
  imageTriggers?: string[]
  /** Claim names of PersistentVolumeClaims mounted (not volumeClaimTemplates). */
  claims: string[]
  /** Volumes of its pods that outlive them: claims, folders of the node, shares. By their names in the pod. */
  lastingVolumes?: string[]
  /** Volumes that a StatefulSet has made for each of its pods. */
  claimTemplates: string[]
  /** emptyDir volumes on the node's disk. */
  scratchVolumes: { name: string; hasLimit: boolean }[]
  /** The Service that gives the pods of a StatefulSet their names. */
  serviceName: string | null
  /** Job and CronJob only. */
  job: JobSettings | null
  /** Long-running containers; init containers are listed by name only. */
  containers: Container[]
  initContainers: string[]
  /** Objects that its pods cannot start without, or that are optional. */
  references: ObjectReference[]
  /** Whom its containers wait for before they start. */
  startWaits: StartWait[]
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
  /** Words of `command`, then those of `args`. */
  command: string[]
  requests: { cpu: number | null; memory: number | null }
  limits: { cpu: number | null; memory: number | null }
  /** `protocol` where it is not TCP. */
  ports: { name: string | null; port: number; protocol?: string }[]
  readiness: Probe | null
  liveness: Probe | null
  startup: Probe | null
  preStop: PreStop | null
  /** Volumes that it may write to, with the folder where it has them. */
  writes: { volume: string; folder: string }[]
  limitsEphemeralStorage: boolean
  placeholders?: Record<string, string>
  env: EnvVariable[]
  /** ConfigMaps and Secrets taken whole by envFrom. */
  envFrom: { kind: 'ConfigMap' | 'Secret'; name: string }[]
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
  /** Null: none is written. */
  selector: LabelSelector | null
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
  /** Services; `port` is a number or a name, null where none is written. `others` are missing where there are none. */
  backends: { service: string; port: string | null; source: Source }[]
  others?: { kind: string; name: string }[]
}

/** ConfigMap data, so that an environment variable can be followed to its value. Secret values are never kept. */
export interface ConfigData extends ManifestObject {
  fact: 'config-data'
  kind: 'ConfigMap' | 'Secret'
  keys: string[]
  /** ConfigMap values only. */
  values: Record<string, string>
  /** The object that makes it when it is not written itself, such as an ExternalSecret: it may have other keys too. */
  madeBy: string | null
  /** Whether it may have keys that are not known. */
  isOpen: boolean
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
  /** Labels that it adds to every pod, and those that it puts on everything. */
  podLabels: Record<string, string>
  labels: Record<string, string>
  /** ConfigMaps and Secrets that it generates; keys are null where they were not read. */
  generates: { kind: 'ConfigMap' | 'Secret'; name: string; keys: string[] | null }[]
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
  | NetworkPolicy
  | ServiceAccount
  | ScrapeMonitor
  | CustomObject
  | Kustomization
  | UnlistedManifest
  | NamedImage
  | MissingCharts
  | ReleaseEdit
  | UnfilledManifest
  | SkaffoldConfig
