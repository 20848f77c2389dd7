/** What load tests say of themselves. */
import type { Source } from './source.js'

/** A limit that a load test set itself. */
export interface LoadThreshold {
  metric: string
  /** As written: `p(95)<500`. */
  expression: string
  state: 'held' | 'breached' | 'unknown'
  /** Why it is not known. */
  reason: string | null
}

/**
 * What a load test says of itself when it is over. It has no time, so it is no run, no series of observations, and no
 * evidence about a fault; the system stage joins it with a run that it names.
 */
export interface LoadResult {
  fact: 'load-result'
  source: Source
  format: string
  /** Names as written of the run, workflow or experiment that it was made for. */
  takenFor: string[]
  durationSeconds: number | null
  requests: number | null
  failedRequests: number | null
  thresholds: LoadThreshold[]
  /** Why nothing is known of its thresholds; absent where the record tells of them. */
  thresholdsUnknown?: string
}
