/** Which kinds of which API groups become facts. A kind of the same name in another group is another thing. */
import type { Fact } from '../../../facts/fact.js'
import type { Workload } from '../../../facts/kubernetes.js'
import type { MonitorKind } from '../../../facts/scrape-monitor.js'
import { removalOf } from '../../../knowledge/manifests/api-versions.js'
import type { Field } from '../../field.js'
import type { Problem } from '../../format.js'
import { readAutoscaler, readDisruptionBudget, readPriorityClass } from './availability.js'
import { readConfigMap, readSecret, readVolumeClaim } from './configuration.js'
import { readDestinationRule } from './destination-rule.js'
import { readTrafficOfRoute } from './gateway-route.js'
import { readTrafficOfIngress } from './ingress-nginx.js'
import { readKustomization } from './kustomization.js'
import { readServiceProfile, readTrafficOfService } from './linkerd.js'
import { readCertificate, readExternalSecret, readSealedSecret, readSecretProvider } from './made-secrets.js'
import { readNamespace } from './namespace.js'
import { readIngress, readRoute, readService, readVirtualService } from './network.js'
import { manifestObject } from './object.js'
import { readNetworkPolicy, readOtherPolicy } from './network-policy.js'
import { readServiceAccount } from './references.js'
import { readAlertRelabelConfig } from './alert-relabelling.js'
import {
  readAlertmanager,
  readAlertmanagerConfig,
  readVmAlertmanagerConfig,
  routingInConfigMap,
  routingInSecret,
} from './routing.js'
import { readPrometheus, readScrapeConfig, readScrapeMonitor } from './scrape-monitor.js'
import { readSkaffold } from './skaffold.js'
import { readTrafficOfVirtualService } from './virtual-service.js'
import { readWorkload } from './workload.js'

/** `problems`: of files that are values inside of the object. */
type Reader = (object: Field, problems: Problem[]) => Fact[]

const workload =
  (kind: Workload['kind']): Reader =>
  (object) =>
    readWorkload(object, kind)

const outdated =
  (kind: string): Reader =>
  (object) => {
    const identity = manifestObject(object, kind)
    // What says nothing but its name is a piece of a patch.
    const isPiece = object.entries().every(([key]) => ['apiVersion', 'kind', 'metadata'].includes(key))
    return [{ ...identity, fact: 'outdated-object', fragment: identity.fragment || isPiece }]
  }

const route =
  (kind: string): Reader =>
  (object) =>
    readRoute(object, kind)

const otherPolicy =
  (kind: string): Reader =>
  (object) =>
    readOtherPolicy(object, kind)
const httpRoute =
  (kind: string): Reader =>
  (object) => [...readRoute(object, kind), ...readTrafficOfRoute(object, kind)]

const monitor =
  (kind: MonitorKind): Reader =>
  (object) =>
    readScrapeMonitor(object, kind)

const ingress: Reader = (object) => [...readIngress(object), ...readTrafficOfIngress(object)]

/** `group/kind`; the core group is empty. */
const READERS: Record<string, Reader> = {
  'apps/Deployment': workload('Deployment'),
  'extensions/Deployment': workload('Deployment'),
  'apps.openshift.io/DeploymentConfig': workload('DeploymentConfig'),
  '/DeploymentConfig': workload('DeploymentConfig'),
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
  'scheduling.k8s.io/PriorityClass': readPriorityClass,
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
  '/ConfigMap': (object, problems) => [...readConfigMap(object), ...routingInConfigMap(object, problems)],
  '/Secret': (object, problems) => [...readSecret(object), ...routingInSecret(object, problems)],
  '/PersistentVolumeClaim': readVolumeClaim,
  'monitoring.coreos.com/Alertmanager': readAlertmanager,
  'monitoring.coreos.com/AlertmanagerConfig': readAlertmanagerConfig,
  '/Namespace': readNamespace,
  '/ServiceAccount': readServiceAccount,
  'networking.k8s.io/NetworkPolicy': readNetworkPolicy,
  'extensions/NetworkPolicy': readNetworkPolicy,
  'cilium.io/CiliumNetworkPolicy': otherPolicy('CiliumNetworkPolicy'),
  'cilium.io/CiliumClusterwideNetworkPolicy': otherPolicy('CiliumClusterwideNetworkPolicy'),
  'crd.projectcalico.org/NetworkPolicy': otherPolicy('calico NetworkPolicy'),
  'crd.projectcalico.org/GlobalNetworkPolicy': otherPolicy('GlobalNetworkPolicy'),
  'projectcalico.org/NetworkPolicy': otherPolicy('calico NetworkPolicy'),
  'projectcalico.org/GlobalNetworkPolicy': otherPolicy('GlobalNetworkPolicy'),
  'policy.networking.k8s.io/AdminNetworkPolicy': otherPolicy('AdminNetworkPolicy'),
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy': otherPolicy('BaselineAdminNetworkPolicy'),
  'monitoring.coreos.com/ServiceMonitor': monitor('ServiceMonitor'),
  'monitoring.coreos.com/PodMonitor': monitor('PodMonitor'),
  'operator.victoriametrics.com/VMServiceScrape': monitor('VMServiceScrape'),
  'operator.victoriametrics.com/VMPodScrape': monitor('VMPodScrape'),
  'operator.victoriametrics.com/VMAlertmanagerConfig': readVmAlertmanagerConfig,
  'monitoring.googleapis.com/PodMonitoring': monitor('PodMonitoring'),
  'monitoring.googleapis.com/ClusterPodMonitoring': monitor('ClusterPodMonitoring'),
  'monitoring.openshift.io/AlertRelabelConfig': readAlertRelabelConfig,
  'monitoring.coreos.com/ScrapeConfig': readScrapeConfig,
  'monitoring.coreos.com/Prometheus': readPrometheus,
  'external-secrets.io/ExternalSecret': readExternalSecret,
  'bitnami.com/SealedSecret': readSealedSecret,
  'cert-manager.io/Certificate': readCertificate,
  'secrets-store.csi.x-k8s.io/SecretProviderClass': readSecretProvider,
  'kustomize.config.k8s.io/Kustomization': readKustomization,
  'kustomize.config.k8s.io/Component': readKustomization,
  'skaffold/Config': readSkaffold,
}

export function readerOf(apiVersion: string, kind: string): Reader | undefined {
  const group = apiVersion.includes('/') ? apiVersion.split('/', 1)[0]! : ''
  const key = `${group}/${kind}`
  if (Object.hasOwn(READERS, key)) return READERS[key]
  return removalOf(apiVersion, kind) && outdated(kind)
}

/** For pieces that name no API group: ours of that kind. */
export function readerOfKind(kind: string): Reader | undefined {
  return Object.entries(READERS).find(([key]) => key.endsWith(`/${kind}`))?.[1]
}

/** True for a kind that some API group has a reader for. */
export function isKnownKind(kind: string): boolean {
  return Object.keys(READERS).some((key) => key.endsWith(`/${kind}`))
}
