/** What is in a cluster without a manifest of the system for it: `rules/policies/cluster-components.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const names = z.array(z.string().min(1))

const clusterComponentsSchema = z.strictObject({
  podLabels: z.record(z.string(), names),
  jobs: names,
  usualJobs: names,
  madeLabels: z.record(z.string(), z.string().min(1)),
  services: names,
  madeContainers: z.record(z.string(), names),
  installers: z.record(z.string(), z.string().nullable()),
  ruleCharts: names,
})

export type ClusterComponents = z.infer<typeof clusterComponentsSchema>

export const clusterComponents = policyFile('cluster-components.yaml', clusterComponentsSchema)
