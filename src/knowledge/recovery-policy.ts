/** How recovery is measured and summarised: the numbers of `rules/policies/statistics.yaml`. */
import { join } from 'node:path'
import * as z from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const runs = z.int().positive()
const share = z.number().gt(0).max(1)

export const recoveryPolicySchema = z.strictObject({
  /** Smallest number of timed runs for which a quantile is given. */
  minimumRuns: z.strictObject({ median: runs, p90: runs, p95: runs, p99: runs }),
  /** Consecutive samples within tolerance that make a recovery. */
  holdSamples: z.int().positive(),
  /** Largest (high - low) / high for which an interval reads as a time. */
  smallStep: share,
  /** Largest gap between samples, as a share of the time observed, for which a fault counts as absorbed. */
  maxGapShare: share,
  /** Lower edges of the histogram's bins, seconds. */
  histogramEdges: z
    .array(z.number().nonnegative())
    .min(2)
    .refine((edges) => edges.every((edge, index) => index === 0 || edge > edges[index - 1]!), 'must rise'),
})

export type RecoveryPolicy = z.infer<typeof recoveryPolicySchema>

let builtIn: RecoveryPolicy | undefined

/** The policy that comes with the tool, read once. */
export function recoveryPolicy(): RecoveryPolicy {
  builtIn ??= loadRecoveryPolicy()
  return builtIn
}

export function loadRecoveryPolicy(
  file = join(BUILT_IN_RULES, 'policies', 'statistics.yaml'),
): RecoveryPolicy {
  return loadYaml(file, recoveryPolicySchema).value
}
