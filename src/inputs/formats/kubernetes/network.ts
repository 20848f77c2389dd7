/** How traffic arrives: Services and the entry points in front of them. */
import type { EntryPoint, NetworkService } from '../../../facts/kubernetes.js'
import { workloadKinds } from '../../../knowledge/manifests/workload-kinds.js'
import type { Field } from '../../field.js'
import { isOfCallers } from './gateway-route.js'
import { manifestObject, placesOf } from './object.js'
import { unreadNumbers } from './placeholders.js'

export function readService(object: Field): NetworkService[] {
  const spec = object.get('spec')
  const selector = spec.get('selector')
  const placeholders = spec
    .get('ports')
    .items()
    .flatMap((port) => Object.values(unreadNumbers({ ports: port.get('port') })))
  return [
    Object.assign(manifestObject(object, 'Service'), {
      fact: 'service' as const,
      at: placesOf({
        selector,
        ports: spec.get('ports'),
        type: spec.get('type'),
        externalName: spec.get('externalName'),
      }),
      selector: selector.exists ? selector.texts() : null,
      ports: spec
        .get('ports')
        .items()
        .flatMap((port) => {
          const number = port.get('port').number()
          return number === null
            ? []
            : [{ name: port.get('name').text(), port: number, targetPort: port.get('targetPort').text() }]
        }),
      type: spec.get('type').text() ?? 'ClusterIP',
      isHeadless: spec.get('clusterIP').value === 'None',
      externalName: spec.get('externalName').text(),
      ...(placeholders[0] !== undefined && { placeholders: { ports: placeholders[0] } }),
    }),
  ]
}

/** Both shapes: networking.k8s.io/v1, and the older one with serviceName. */
export function readIngress(object: Field): EntryPoint[] {
  const spec = object.get('spec')
  const rules = spec.get('rules').items()
  const backends = [
    spec.get('defaultBackend'),
    spec.get('backend'),
    ...rules.flatMap((rule) =>
      rule
        .get('http', 'paths')
        .items()
        .map((path) => path.get('backend')),
    ),
  ]
  return [
    {
      ...entryPoint(
        object,
        'Ingress',
        rules.map((rule) => rule.get('host')),
      ),
      backends: backends.flatMap((backend) => {
        const older = backend.get('serviceName')
        if (older.exists && object.get('apiVersion').value === 'networking.k8s.io/v1')
          older.problem('serviceName: networking.k8s.io/v1 rejects it; write service.name and service.port')
        const name = backend.get('service', 'name').text() ?? older.text()
        const port =
          backend.get('service', 'port', 'name').text() ?? backend.get('service', 'port', 'number').text()
        const isAction = port !== null && workloadKinds().actionPorts.includes(port)
        return name === null || isAction
          ? []
          : [{ service: name, port: port ?? backend.get('servicePort').text(), source: backend.source }]
      }),
    },
  ]
}

/** HTTPRoute and its siblings of the Gateway API. */
export function readRoute(object: Field, kind: string): EntryPoint[] {
  if (isOfCallers(object)) return []
  const references = object
    .get('spec', 'rules')
    .items()
    .flatMap((rule) => rule.get('backendRefs').items())
  const own = object.get('metadata', 'namespace').value
  const services = references.filter((reference) => {
    const namespace = reference.get('namespace').value ?? own
    return (reference.get('kind').value ?? 'Service') === 'Service' && namespace === own
  })
  const others = references.flatMap((reference) => {
    const [kind, name] = [reference.get('kind').text() ?? 'Service', reference.get('name').text()]
    return kind === 'Service' || name === null ? [] : [{ kind, name }]
  })
  return [
    {
      ...entryPoint(object, kind, object.get('spec', 'hostnames').items()),
      ...(others.length > 0 && { others }),
      backends: services.flatMap((reference) => {
        const service = reference.get('name').text()
        return service === null
          ? []
          : [{ service, port: reference.get('port').text(), source: reference.source }]
      }),
    },
  ]
}

/** An Istio VirtualService is an entry point only when a gateway other than the mesh itself uses it. */
export function readVirtualService(object: Field): EntryPoint[] {
  const spec = object.get('spec')
  const gateways = spec
    .get('gateways')
    .items()
    .map((gateway) => gateway.text())
  if (!gateways.some((gateway) => gateway !== 'mesh')) return []
  const own = object.get('metadata', 'namespace').text()
  const routes = ['http', 'tls', 'tcp']
    .flatMap((protocol) => spec.get(protocol).items())
    .flatMap((rule) => rule.get('route').items())
  return [
    {
      ...entryPoint(object, 'VirtualService', spec.get('hosts').items()),
      backends: routes.flatMap((route) => {
        const host = route.get('destination', 'host')
        const service = serviceOfHost(host.text() ?? '', own)
        return service === null
          ? []
          : [{ service, port: route.get('destination', 'port', 'number').text(), source: host.source }]
      }),
    },
  ]
}

function entryPoint(object: Field, kind: string, hosts: Field[]): Omit<EntryPoint, 'backends'> {
  const names = hosts.flatMap((host) => host.text() ?? [])
  return {
    ...manifestObject(object, kind),
    fact: 'entry-point',
    at: placesOf({ spec: object.get('spec') }),
    hosts: [...new Set(names)].sort(),
  }
}

/** `orders` and `orders.shop.svc.cluster.local` name a Service; one of another namespace, or an outside host, is none of ours. */
function serviceOfHost(host: string, ownNamespace: string | null): string | null {
  const match = /^([^.*]+)(?:\.([^.]+)\.svc(?:\..+)?)?$/.exec(host)
  if (!match) return null
  return match[2] === undefined || ownNamespace === null || match[2] === ownNamespace ? match[1]! : null
}
