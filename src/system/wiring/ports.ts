/** Ports by which objects refer to each other: entry points to those of Services, Services to those of containers. */
import type { EntryPoint, NetworkService } from '../../facts/kubernetes.js'
import { meshKnowledge } from '../../knowledge/manifests/mesh.js'
import type { Manifests } from '../manifests/manifests.js'

/** Names of target ports that no container of the selected pods declares; none where nothing is selected, or where callers get the pods' own addresses. */
export function undeclaredTargets(service: NetworkService, manifests: Manifests): string[] {
  const selected = manifests.selectedBy(service).map(({ object }) => object)
  const declared = new Set(
    selected.flatMap(({ containers }) => containers.flatMap(({ ports }) => ports.map(({ name }) => name))),
  )
  const named = service.ports.flatMap(({ targetPort }) => targetPort ?? []).filter(isName)
  if (selected.length === 0 || service.isHeadless) return []
  const { names } = meshKnowledge().proxyPorts
  return [...new Set(named.filter((name) => !declared.has(name) && !names.includes(name)))]
}

/** A piece of an overlay that sets ports of the pods that a Service selects. */
export function patchOfPorts(service: NetworkService, manifests: Manifests): { path: string } | undefined {
  return manifests
    .selectedBy(service)
    .flatMap(({ object }) => manifests.patchesOf(object))
    .find(({ containers }) => containers.some(({ at }) => 'ports' in at))?.source
}

/** A backend whose Service is there, without the port that is asked for. */
export interface MissingPort {
  backend: EntryPoint['backends'][number]
  services: NetworkService[]
  /** It is the port of the pods, by which ingress-nginx finds that of the Service; other controllers do not. */
  isTarget: boolean
}

export function missingPortsOf(entry: EntryPoint, manifests: Manifests): MissingPort[] {
  return entry.backends.flatMap((backend) => {
    if (backend.port === null) return []
    const services = manifests
      .met(entry, manifests.servicesNamed(backend.service, entry))
      .map(({ object }) => object)
    const isThere = services.some(({ ports }) =>
      ports.some(({ name, port }) => backend.port === name || backend.port === String(port)),
    )
    // What has no pods behind it is asked at any port.
    const isOutside = services.some(({ type }) => type === 'ExternalName')
    if (services.length === 0 || isThere || isOutside) return []
    const isTarget =
      entry.kind === 'Ingress' &&
      services.some(({ ports }) => ports.some(({ targetPort }) => targetPort === backend.port))
    return [{ backend, services, isTarget }]
  })
}

/** The placeholder that stands in the way of knowing whether a port is there. */
export function placeholderOfPort({ backend, services }: MissingPort): string | undefined {
  const isWritten = /^[\w-]+$/.test(backend.port ?? '')
  return isWritten
    ? services.flatMap(({ placeholders }) => placeholders?.['ports'] ?? [])[0]
    : `port ${backend.port}`
}

function isName(port: string): boolean {
  return !/^\d+$/.test(port)
}
