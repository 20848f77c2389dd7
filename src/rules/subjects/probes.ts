/** Probes of a container: what their figures amount to, and whether their ports are its own. */
import type { Container, Workload } from '../../facts/kubernetes.js'
import type { Probe } from '../../facts/probe.js'
import type { Source } from '../../facts/source.js'
import { workloadKinds } from '../../knowledge/manifests/workload-kinds.js'
import { joinedFields } from './joined-fields.js'

const KINDS = ['readiness', 'liveness', 'startup'] as const

export function probeFields(container: Container): object {
  const { readiness, liveness, startup } = container
  const delays = [readiness, liveness].map((probe) => probe?.initialDelaySeconds ?? 0)
  return {
    readiness: probeField(readiness),
    liveness: probeField(liveness),
    startup: probeField(startup),
    expectedStartSeconds: Math.max(...delays),
    unresolvedPorts: probesOf(container).flatMap(({ unresolvedPort }) => unresolvedPort ?? []),
    undeclaredPorts: [],
  }
}

/** The fields of the fact, with `limitSeconds`: the time after which it has failed for good, counted from the start. */
function probeField(probe: Probe | null): object | null {
  if (probe === null) return null
  const { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold } = probe
  return joinedFields(probe, {
    processOnly: asksProcessOnly(probe),
    isOverlong: timeoutSeconds > periodSeconds,
    limitSeconds: initialDelaySeconds + failureThreshold * periodSeconds,
  })
}

/** Whether it only asks if the process is there, takes connections or tells its figures, which no dependency of it changes. */
function asksProcessOnly({ action, path }: Probe): boolean {
  if (path !== null && workloadKinds().processPaths.includes(path)) return true
  if (action.startsWith('tcp:')) return true
  const checks = workloadKinds().processChecks.join('|')
  return new RegExp(`^exec:(?:\\S*/)?(?:${checks})(?: [^;&|]*)?$`).test(action)
}

/** Numbers that no container of the pod declares, although the probed one declares others; they share their network. */
export function undeclaredPorts(container: Container, { containers }: Workload): number[] {
  if (container.ports.length === 0) return []
  const declared = new Set(containers.flatMap(({ ports }) => ports.map(({ port }) => port)))
  const asked = probesOf(container).flatMap(({ port, host }) => (host === null && port !== null ? port : []))
  return [...new Set(asked)].filter((port) => !declared.has(port)).sort((a, b) => a - b)
}

/** Places for rules that ask several probes: that of the first probe concerned. */
export function placesOfProbes(container: Container): Record<string, Source> {
  const unresolved = probesOf(container).find(({ unresolvedPort }) => unresolvedPort !== null)
  const overlong = probesOf(container).find(
    ({ timeoutSeconds, periodSeconds }) => timeoutSeconds > periodSeconds,
  )
  const start = container.startup ?? container.liveness
  return {
    ...(unresolved && { probePorts: unresolved.source }),
    ...(overlong && { probeTimes: overlong.source }),
    ...(start && { start: start.source }),
    ...(container.readiness && { unresponsive: container.readiness.source }),
  }
}

/** What decides elsewhere about any of the probes, under the names of those places. */
export const DECIDED_OF_PROBES = {
  probePorts: ['ports', ...KINDS],
  probeTimes: [...KINDS],
  start: ['startup', 'liveness', 'readiness'],
  unresponsive: ['readiness', 'liveness'],
}

function probesOf(container: Container): Probe[] {
  return KINDS.flatMap((kind) => container[kind] ?? [])
}
