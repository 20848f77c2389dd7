/** How long an instance that stops responding still gets traffic: until the first of its probes ends that. */
import type { Container, Workload } from '../../facts/kubernetes.js'
import type { Probe } from '../../facts/probe.js'

/** Kubernetes' default of terminationGracePeriodSeconds. */
const DEFAULT_GRACE_SECONDS = 30

export function gracePeriodOf({ terminationGracePeriodSeconds }: Workload): number {
  return terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS
}

/** Null without a readiness probe. With `graceSeconds` where the liveness probe is earlier. */
export function unresponsiveField(
  { readiness, liveness, placeholders }: Container,
  workload: Workload,
): object | null {
  if (readiness === null) return null
  const byReadiness = { seconds: failingSeconds(readiness), probe: readiness, graceSeconds: null }
  if (liveness === null || placeholders?.['liveness'] !== undefined) return byReadiness
  if (!noticesTheSame(liveness, readiness)) return byReadiness
  const graceSeconds = liveness.terminationGracePeriodSeconds ?? gracePeriodOf(workload)
  // It may stop just after a probe, and need not end on SIGTERM.
  const seconds = failingSeconds(liveness) + liveness.timeoutSeconds + graceSeconds
  return seconds < byReadiness.seconds ? { seconds, probe: liveness, graceSeconds } : byReadiness
}

/** A hung process makes each probe wait for its timeout. */
function failingSeconds({ failureThreshold, periodSeconds, timeoutSeconds }: Probe): number {
  return failureThreshold * Math.max(periodSeconds, timeoutSeconds)
}

/** On the same port, and not only whether it takes connections: the kernel takes those of a hung process as well. */
function noticesTheSame(liveness: Probe, readiness: Probe): boolean {
  if (liveness.port === null || liveness.port !== readiness.port) return false
  return liveness.host === readiness.host && (!takesConnections(liveness) || takesConnections(readiness))
}

function takesConnections({ action }: Probe): boolean {
  return action.startsWith('tcp:')
}
