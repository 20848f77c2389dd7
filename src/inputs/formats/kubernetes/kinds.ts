/** Which kinds of which API groups become facts. A kind of the same name in another group is another thing. */
import type { Fact } from '../../../facts/fact.js'
import type { Workload } from '../../../facts/kubernetes.js'
import type { Field } from '../../field.js'
import type { Problem } from '../../format.js'
import { readAutoscaler, readDisruptionBudget } from './availability.js'
import { readConfigMap, readSecret, readVolumeClaim } from './configuration.js'
import { readDestinationRule } from './destination-rule.js'
import { readTrafficOfRoute } from './gateway-route.js'
import { readTrafficOfIngress } from './ingress-nginx.js'
import { readKustomization } from './kustomization.js'
import { readServiceProfile, readTrafficOfService } from './linkerd.js'
import { readNamespace } from './namespace.js'
import { readIngress, readRoute, readService, readVirtualService } from './network.js'
import { readAlertmanagerConfig, routingInConfigMap, routingInSecret } from './routing.js'
import { readSkaffold } from './skaffold.js'
import { readTrafficOfVirtualService } from './virtual-service.js'
import { readWorkload } from './workload.js'

/** `problems`: of files that are values inside of the object. */
type Reader = (object: Field, problems: Problem[]) => Fact[]

const workload =
  (kind: Workload['kind']): Reader =>
  (object) =>
    readWorkload(object, kind)

const route =
  (kind: string): Reader =>
  (object) =>
    readRoute(object, kind)

const httpRoute =
  (kind: string): Reader =>
  (object) => [...readRoute(object, kind), ...readTrafficOfRoute(object, kind)]

const ingress: Reader = (object) => [...readIngress(object), ...readTrafficOfIngress(object)]

/** `group/kind`; the core group is empty. */
const READERS: Record<string, Reader> = {
  'apps/Deployment': workload('Deployment'),
  'extensions/Deployment': workload('Deployment'),
  'apps/StatefulSet': workload('StatefulSet'),
  'apps/DaemonSet': workload('DaemonSet'),
  'extensions/DaemonSet': workload('DaemonSet'),
  'apps/ReplicaSet': workload('ReplicaSet'),
  'extensions/ReplicaSet': workload('ReplicaSet'),
  '/ReplicationController': workload('ReplicationController'),
  'batch/Job': workload('Job'),
  'batch/CronJob': workload('CronJob'),
  '/Pod': workload('Pod'),
  '/Service': (object) => [...readService(object), ...readTrafficOfService(object)],
  'autoscaling/HorizontalPodAutoscaler': readAutoscaler,
  'policy/PodDisruptionBudget': readDisruptionBudget,
  'networking.k8s.io/Ingress': ingress,
  'extensions/Ingress': ingress,
  'gateway.networking.k8s.io/HTTPRoute': httpRoute('HTTPRoute'),
  'gateway.networking.k8s.io/GRPCRoute': httpRoute('GRPCRoute'),
  'gateway.networking.k8s.io/TLSRoute': route('TLSRoute'),
  'gateway.networking.k8s.io/TCPRoute': route('TCPRoute'),
  'policy.linkerd.io/HTTPRoute': (object) => readTrafficOfRoute(object, 'HTTPRoute'),
  'linkerd.io/ServiceProfile': readServiceProfile,
  'networking.istio.io/VirtualService': (object) => [
    ...readVirtualService(object),
    ...readTrafficOfVirtualService(object),
  ],
  'networking.istio.io/DestinationRule': readDestinationRule,
  '/Namespace': readNamespace,
  '/ConfigMap': (object, problems) => [...readConfigMap(object), ...routingInConfigMap(object, problems)],
  '/Secret': (object, problems) => [...readSecret(object), ...routingInSecret(object, problems)],
  '/PersistentVolumeClaim': readVolumeClaim,
  'monitoring.coreos.com/AlertmanagerConfig': readAlertmanagerConfig,
  'kustomize.config.k8s.io/Kustomization': readKustomization,
  'kustomize.config.k8s.io/Component': readKustomization,
  'skaffold/Config': readSkaffold,
}

export function readerOf(apiVersion: string, kind: string): Reader | undefined {
  const group = apiVersion.includes('/') ? apiVersion.split('/', 1)[0]! : ''
  const key = `${group}/${kind}`
  return Object.hasOwn(READERS, key) ? READERS[key] : undefined
}

/** For pieces that name no API group: ours of that kind. */
export function readerOfKind(kind: string): Reader | undefined {
  return Object.entries(READERS).find(([key]) => key.endsWith(`/${kind}`))?.[1]
}

/** True for a kind that some API group has a reader for. */
export function isKnownKind(kind: string): boolean {
  return Object.keys(READERS).some((key) => key.endsWith(`/${kind}`))
}
