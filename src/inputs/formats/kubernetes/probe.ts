/** Probes of a container, with named ports resolved. */
import type { Probe } from '../../../facts/probe.js'
import type { Field } from '../../field.js'

/** A port that a container declares; its number is null when it cannot be read. */
export interface DeclaredPort {
  name: string | null
  port: number | null
}

/** Values that Kubernetes uses for what a probe does not write (API reference, Probe v1 core). */
const DEFAULTS = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 }

export const PROBE_NUMBERS = [...Object.keys(DEFAULTS), 'terminationGracePeriodSeconds']

/** Null when the probe is not written or has no handler: Kubernetes then does not probe. */
export function readProbe(probe: Field, ports: DeclaredPort[]): Probe | null {
  const handler = probe.exists ? handlerOf(probe, ports) : null
  if (!handler) return null
  const graceSeconds = probe.get('terminationGracePeriodSeconds').number()
  const seconds = (name: keyof typeof DEFAULTS): number => probe.get(name).number() ?? DEFAULTS[name]
  return {
    source: probe.source,
    ...handler,
    initialDelaySeconds: seconds('initialDelaySeconds'),
    periodSeconds: seconds('periodSeconds'),
    timeoutSeconds: seconds('timeoutSeconds'),
    failureThreshold: seconds('failureThreshold'),
    ...(graceSeconds !== null && { terminationGracePeriodSeconds: graceSeconds }),
  }
}

type Handler = Pick<Probe, 'action' | 'path' | 'port' | 'unresolvedPort' | 'host'>

function handlerOf(probe: Field, ports: DeclaredPort[]): Handler | null {
  const [http, tcp, grpc, exec] = ['httpGet', 'tcpSocket', 'grpc', 'exec'].map((name) => probe.get(name)) as [
    Field,
    Field,
    Field,
    Field,
  ]
  if (http.exists) {
    const { shown, ...asked } = portOf(http, ports)
    const path = http.get('path').text() ?? '/'
    const scheme = (http.get('scheme').text() ?? 'HTTP').toLowerCase()
    return { action: `${scheme}:${shown}${path.startsWith('/') ? '' : '/'}${path}`, path, ...asked }
  }
  if (tcp.exists) {
    const { shown, ...asked } = portOf(tcp, ports)
    return { action: `tcp:${shown}`, path: null, ...asked }
  }
  if (grpc.exists) {
    const { shown, ...asked } = portOf(grpc, ports)
    const service = grpc.get('service').text()
    return { action: `grpc:${shown}${service ? `/${service}` : ''}`, path: null, ...asked }
  }
  if (!exec.exists) return null
  const words = exec
    .get('command')
    .items()
    .flatMap((word) => word.text() ?? [])
  return { action: `exec:${words.join(' ')}`, path: null, port: null, unresolvedPort: null, host: null }
}

/** A port's name (RFC 6335); anything else is a placeholder. */
const PORT_NAME = /^(?=.*[a-z])[a-z0-9](?:[a-z0-9-]{0,13}[a-z0-9])?$/

/** The port's number; a name that the container does not declare stays a name. */
function portOf(
  handler: Field,
  ports: DeclaredPort[],
): Pick<Probe, 'port' | 'unresolvedPort' | 'host'> & { shown: string } {
  const written = handler.get('port').text() ?? ''
  const port = /^\d+$/.test(written)
    ? Number(written)
    : (ports.find(({ name }) => name === written)?.port ?? null)
  const isDeclared = ports.some(({ name }) => name === written)
  return {
    port,
    unresolvedPort: isDeclared || !PORT_NAME.test(written) ? null : written,
    host: handler.get('host').text(),
    shown: port === null ? written : String(port),
  }
}
