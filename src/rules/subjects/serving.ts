/** Who sends traffic to a workload and its containers, and who takes it while an instance is away. */
import type { Container, NetworkService, Workload } from '../../facts/kubernetes.js'
import { workloadKinds } from '../../knowledge/manifests/workload-kinds.js'
import { mostInstances, type Instances } from '../../system/manifests/instances.js'
import type { Manifests } from '../../system/manifests/manifests.js'
import { runsOn, runsPerNode } from '../../system/workloads.js'
import { instancesIn } from './amounts.js'

/** By a Service with a port for users; one without any port only gives names. */
export function isServed(workload: Workload, componentKind: string, manifests: Manifests): boolean {
  return targetsOf(workload, componentKind, manifests).length > 0
}

/** A Service sends traffic to the container that declares its target port; declaring is optional, so an only container gets all of it. */
export function isContainerServed(
  container: Container,
  workload: Workload,
  componentKind: string,
  manifests: Manifests,
): boolean {
  const targets = targetsOf(workload, componentKind, manifests)
  const declared = container.ports.flatMap(({ name, port }) => [name, String(port)])
  return workload.containers.length === 1
    ? targets.length > 0
    : targets.some((target) => declared.includes(target))
}

/** Meant to run on, and not scaled to nothing: what may raise it again (an autoscaler, an overlay) keeps it on. */
export function isRunning(workload: Workload, instances: Instances, manifests: Manifests): boolean {
  return runsOn(workload) && !isSwitchedOff(workload, instances, manifests)
}

/** Instances that a rollout may take away at once: a Deployment's percentage rounds down, and is 25% when not written. */
export function awayInRollout({ strategy }: Workload, instances: number): number | null {
  if (strategy.type === 'Recreate') return instances
  return instancesIn(strategy.maxUnavailable ?? '25%', instances, Math.floor)
}

/** Whether others take the traffic of an instance that is being replaced; a StatefulSet ends one before it starts the next. */
export function isRelieved(workload: Workload, { least }: Instances): boolean {
  if (workload.kind === 'StatefulSet') return least !== 1
  const away = awayInRollout(workload, least)
  return away === null || least === 0 || away < least
}

/** Whether the traffic of an instance that stops answering can go to others. */
export function hasOthers(workload: Workload, instances: Instances): boolean {
  return runsPerNode(workload) || mostInstances(instances) > 1
}

/** Nothing that was read raises it from zero. */
function isSwitchedOff(workload: Workload, instances: Instances, { objects }: Manifests): boolean {
  if (workload.replicas !== 0 || instances.least !== 0 || instances.more !== null) return false
  const { scalers } = workloadKinds()
  return !objects.customs.some(({ kind }) => scalers.includes(kind))
}

function targetsOf(workload: Workload, componentKind: string, manifests: Manifests): string[] {
  return manifests.servicesOf(workload).flatMap(({ object }) => targetsIn(object, workload, componentKind))
}

/** What observes a system is asked for metrics by its users: there every port counts. */
function targetsIn(service: NetworkService, workload: Workload, componentKind: string): string[] {
  const declared = workload.containers.flatMap(({ ports }) => ports)
  return service.ports.flatMap(({ name, port, targetPort }) => {
    const target = targetPort ?? String(port)
    const own = declared.find((one) => one.name === target || String(one.port) === target)
    const isWatched =
      componentKind !== 'observability' &&
      ([name, own?.name ?? null].some(isForWatchers) || isServiceForWatchers(service, workload))
    return isWatched ? [] : [target]
  })
}

/** With one port, and called after those and the workload: `cart-controller-metrics-service` of `cart-controller`. */
function isServiceForWatchers({ name, ports }: NetworkService, workload: Workload): boolean {
  const words = name.replace(/-(service|svc)$/, '').split('-')
  const last = words.pop() ?? null
  return ports.length === 1 && words.join('-') === workload.name && isForWatchers(last)
}

/** The protocol that the name of a port may end with. */
const PROTOCOL = /https?$/

/** `http-metrics`, `watchermetrics`, `metricshttps`, `prom`. */
function isForWatchers(name: string | null): boolean {
  return (name ?? '')
    .split('-')
    .map((word) => word.replace(PROTOCOL, ''))
    .some((word) => workloadKinds().watcherPorts.some((end) => word.endsWith(end)))
}
