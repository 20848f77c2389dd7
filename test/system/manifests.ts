/** Manifests made by hand: each function gives a harmless whole, of which a test changes what it is about. */
import type {
  Autoscaler,
  ConfigData,
  Container,
  DisruptionBudget,
  EntryPoint,
  Kustomization,
  ManifestObject,
  NetworkService,
  Workload,
} from '../../src/facts/kubernetes.js'
import { at } from './facts.js'

function object<Kind extends string>(
  kind: Kind,
  name: string,
  namespace: string,
): ManifestObject & { kind: Kind } {
  return {
    source: at(`k8s/${namespace}/${kind.toLowerCase()}-${name}.yaml`),
    id: `${namespace}/${kind}/${name}`,
    apiVersion: 'v1',
    kind,
    name,
    namespace,
    labels: {},
    at: {},
    ignores: {},
    fragment: false,
  }
}

export function container(name: string, over: Partial<Container> = {}): Container {
  return {
    name,
    source: at(`k8s/containers/${name}.yaml`, 20),
    at: {},
    image: `registry.example:5000/shop/${name}:1.2.3`,
    requests: { cpu: 0.1, memory: 128e6 },
    limits: { cpu: null, memory: 256e6 },
    ports: [],
    readiness: null,
    liveness: null,
    startup: null,
    preStop: { source: at(`k8s/containers/${name}.yaml`, 30), atLeastSeconds: 5, atMostSeconds: 5 },
    writes: [],
    limitsEphemeralStorage: false,
    env: [],
    command: [],
    envFrom: [],
    ...over,
  }
}

/** A Deployment of two replicas with the pod label `app: NAME`. */
export function workload(name: string, over: Partial<Workload> = {}): Workload {
  const namespace = over.namespace ?? 'default'
  return {
    fact: 'workload',
    ...object(over.kind ?? 'Deployment', name, namespace),
    replicas: 2,
    podLabels: { app: name },
    podAnnotations: {},
    selector: { app: name },
    strategy: { type: null, maxUnavailable: null, maxSurge: null },
    progressDeadlineSeconds: null,
    terminationGracePeriodSeconds: null,
    antiAffinity: [],
    spreadConstraints: [],
    priorityClass: null,
    restartPolicy: null,
    serviceAccount: null,
    hostNetwork: false,
    claims: [],
    claimTemplates: [],
    scratchVolumes: [],
    serviceName: null,
    job: null,
    containers: [container(name)],
    initContainers: [],
    references: [],
    startWaits: [],
    ...over,
  }
}

/** A ClusterIP Service that selects the pods labelled `app: NAME`. */
export function service(name: string, over: Partial<NetworkService> = {}): NetworkService {
  return {
    fact: 'service',
    ...object('Service', name, over.namespace ?? 'default'),
    selector: { app: name },
    ports: [{ name: null, port: 80, targetPort: null }],
    type: 'ClusterIP',
    isHeadless: false,
    externalName: null,
    ...over,
  }
}

/** An Ingress that leads to one Service. */
export function ingress(toService: string, over: Partial<EntryPoint> = {}): EntryPoint {
  return {
    fact: 'entry-point',
    ...object('Ingress', toService, over.namespace ?? 'default'),
    hosts: [],
    backends: [{ service: toService, port: null, source: at('k8s/ingress.yaml', 9) }],
    ...over,
  }
}

export function autoscaler(target: string, over: Partial<Autoscaler> = {}): Autoscaler {
  return {
    fact: 'autoscaler',
    ...object('HorizontalPodAutoscaler', target, over.namespace ?? 'default'),
    target: { kind: 'Deployment', name: target },
    minReplicas: 2,
    maxReplicas: 5,
    utilisationOf: ['cpu'],
    ...over,
  }
}

export function budget(name: string, over: Partial<DisruptionBudget> = {}): DisruptionBudget {
  return {
    fact: 'disruption-budget',
    ...object('PodDisruptionBudget', name, over.namespace ?? 'default'),
    selector: { labels: { app: name }, expressions: [] },
    minAvailable: null,
    maxUnavailable: '1',
    unhealthyPodEvictionPolicy: null,
    ...over,
  }
}

export function configMap(name: string, values: Record<string, string>): ConfigData {
  return {
    fact: 'config-data',
    ...object('ConfigMap', name, 'default'),
    keys: Object.keys(values),
    values,
    madeBy: null,
    isOpen: false,
  }
}

/** A kustomization in a folder, which renders what stands under `resources`, relative to the root. */
export function kustomization(
  folder: string,
  resources: string[],
  over: Partial<Kustomization> = {},
): Kustomization {
  return {
    fact: 'kustomization',
    source: at(`${folder}/kustomization.yaml`),
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
    ...over,
  }
}
