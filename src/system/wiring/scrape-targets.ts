/** What ServiceMonitors, PodMonitors and their like scrape: the Services or workloads that they select, and the ports that these lack. */
import type { NetworkService, Workload } from '../../facts/kubernetes.js'
import type { ScrapeMonitor } from '../../facts/scrape-monitor.js'
import { meshKnowledge } from '../../knowledge/manifests/mesh.js'
import type { Manifests } from '../manifests/manifests.js'
import { areTogether } from '../network/network-policies.js'
import { matches } from '../manifests/selection.js'

type Target = NetworkService | Workload

export interface ScrapeTargets {
  selected: Target[]
  /** Where nothing is selected, those that are meant by all appearance: of that name, or whose pods have the labels. */
  meant: Target[]
  /** Endpoints whose port none of the selected has. */
  portless: ScrapeMonitor['endpoints']
}

export function scrapeTargetsOf(monitor: ScrapeMonitor, manifests: Manifests): ScrapeTargets {
  const all: Target[] = monitor.selects === 'pods' ? manifests.objects.workloads : manifests.objects.services
  // What it asks for is told faster than where it may be.
  const isNear = (target: Target): boolean => isIn(monitor, target, manifests)
  const selected = all.filter(
    (target) =>
      labelsOf(target, manifests).some((labels) => matches(monitor.selector, labels)) && isNear(target),
  )
  return {
    selected,
    meant:
      selected.length > 0
        ? []
        : all.filter((target) => isMeant(monitor, target, manifests) && isNear(target)),
    portless: selected.length > 0 ? portlessOf(monitor, selected) : [],
  }
}

/** In the namespaces that it looks at; what names no namespace is only known to be in its own where both are kept together. */
function isIn(monitor: ScrapeMonitor, target: Target, manifests: Manifests): boolean {
  if (monitor.namespaces === null)
    return areTogether(monitor, target, manifests) || manifests.met(monitor, [target]).length > 0
  const namespaces = manifests.kustomizations.namespacesOf(target)
  return (
    monitor.namespaces.length === 0 ||
    namespaces.length === 0 ||
    namespaces.some((namespace) => monitor.namespaces!.includes(namespace))
  )
}

function labelsOf(target: Target, manifests: Manifests): Record<string, string>[] {
  if (target.fact === 'workload') return manifests.pods.labelsOf(target)
  const added = manifests.kustomizations.deploymentsOf(target).map((deployment) => deployment.labels)
  return [target.labels, ...added.map((labels) => ({ ...target.labels, ...labels }))]
}

function isMeant({ name, selector }: ScrapeMonitor, target: Target, manifests: Manifests): boolean {
  const values = [name, ...Object.values(selector?.labels ?? {})]
  const pods = target.fact === 'workload' ? [] : manifests.selectedBy(target).map(({ object }) => object)
  const hasLabels = [target.selector ?? {}, ...pods.map(({ podLabels }) => podLabels)].some((labels) =>
    matches(selector, labels),
  )
  return hasLabels || values.includes(target.name)
}

function portlessOf({ endpoints }: ScrapeMonitor, selected: Target[]): ScrapeMonitor['endpoints'] {
  const names = new Set([...selected.flatMap(portNames), ...meshKnowledge().proxyPorts.names])
  return endpoints.filter(({ port }) => port !== null && !names.has(port))
}

function portNames(target: Target): string[] {
  const ports = target.fact === 'service' ? target.ports : target.containers.flatMap((one) => one.ports)
  return ports.flatMap(({ name }) => name ?? [])
}
