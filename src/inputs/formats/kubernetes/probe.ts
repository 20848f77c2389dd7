/** Probes of a container, with named ports resolved. */
import type { Container, Probe } from '../../../facts/kubernetes.js'
import type { Field } from '../../field.js'

/** Values that Kubernetes uses for what a probe does not write (API reference, Probe v1 core). */
const DEFAULTS = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 }

/** Null when the probe is not written or has no handler: Kubernetes then does not probe. */
export function readProbe(probe: Field, ports: Container['ports']): Probe | null {
  const handler = probe.exists ? handlerOf(probe, ports) : null
  if (!handler) return null
  const seconds = (name: keyof typeof DEFAULTS): number => probe.get(name).number() ?? DEFAULTS[name]
  return {
    source: probe.source,
    ...handler,
    initialDelaySeconds: seconds('initialDelaySeconds'),
    periodSeconds: seconds('periodSeconds'),
    timeoutSeconds: seconds('timeoutSeconds'),
    failureThreshold: seconds('failureThreshold'),
  }
}

function handlerOf(probe: Field, ports: Container['ports']): Pick<Probe, 'action' | 'path' | 'port'> | null {
  const [http, tcp, grpc, exec] = ['httpGet', 'tcpSocket', 'grpc', 'exec'].map((name) => probe.get(name)) as [
    Field,
    Field,
    Field,
    Field,
  ]
  if (http.exists) {
    const { port, shown } = portOf(http, ports)
    const path = http.get('path').text() ?? '/'
    const scheme = (http.get('scheme').text() ?? 'HTTP').toLowerCase()
    return { action: `${scheme}:${shown}${path.startsWith('/') ? '' : '/'}${path}`, path, port }
  }
  if (tcp.exists) {
    const { port, shown } = portOf(tcp, ports)
    return { action: `tcp:${shown}`, path: null, port }
  }
  if (grpc.exists) {
    const { port, shown } = portOf(grpc, ports)
    const service = grpc.get('service').text()
    return { action: `grpc:${shown}${service ? `/${service}` : ''}`, path: null, port }
  }
  if (!exec.exists) return null
  const words = exec
    .get('command')
    .items()
    .flatMap((word) => word.text() ?? [])
  return { action: `exec:${words.join(' ')}`, path: null, port: null }
}

/** The port's number; a name that the container does not declare stays a name. */
function portOf(handler: Field, ports: Container['ports']): { port: number | null; shown: string } {
  const written = handler.get('port').text() ?? ''
  const port = /^\d+$/.test(written)
    ? Number(written)
    : (ports.find(({ name }) => name === written)?.port ?? null)
  return { port, shown: port === null ? written : String(port) }
}
