/** How Kubernetes workloads run, by the words of their manifests: `rules/policies/workload-kinds.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const words = z.array(z.string().min(1))

const workloadKindsSchema = z.strictObject({
  tasks: words,
  perNode: words,
  nameLabels: words,
  entryServices: words,
  watcherPorts: words,
  proportionalScalers: words,
  scalers: words,
  idleCommands: words,
  idleImages: words,
  logFolders: words,
  processChecks: words,
  processPaths: words,
  growingObservers: words,
  temporaryFolders: words,
  actionPorts: words,
  jobCleaners: z.record(z.string(), z.array(z.string().min(1))),
  systemPriorities: z.record(z.string(), z.number()),
})

export type WorkloadKinds = z.infer<typeof workloadKindsSchema>

export const workloadKinds = policyFile('workload-kinds.yaml', workloadKindsSchema)
