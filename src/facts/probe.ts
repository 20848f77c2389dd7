/** What the kubelet asks a container, and what it lets it do before the end. Durations are seconds. */
import type { Source } from './source.js'

export interface Probe {
  source: Source
  /** What is asked, with named ports resolved: `http:8080/healthz`, `tcp:5432`, `grpc:50051`, `exec:pg_isready -U app`. */
  action: string
  path: string | null
  port: number | null
  /** A port's name that the container does not declare: the kubelet cannot ask it. */
  unresolvedPort: string | null
  /** Another host than the pod, when one is written. */
  host: string | null
  initialDelaySeconds: number
  periodSeconds: number
  timeoutSeconds: number
  failureThreshold: number
  /** Of a liveness probe, where it is written: in place of that of the pod. */
  terminationGracePeriodSeconds?: number
}

/** A hook that runs before the process is told to stop: the grace period counts from its start. */
export interface PreStop {
  source: Source
  atLeastSeconds: number
  /** Null when nothing says how long it takes: a script, a request. */
  atMostSeconds: number | null
}
