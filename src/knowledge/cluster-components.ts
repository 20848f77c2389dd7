/** What is in a cluster without a manifest of the system for it: `rules/policies/cluster-components.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const names = z.array(z.string().min(1))

const clusterComponentsSchema = z.strictObject({
  podLabels: z.record(z.string(), names),
  jobs: names,
  usualJobs: names,
  madeLabels: z.record(z.string(), z.string().min(1)),
  services: names,
  madeContainers: z.record(z.string(), names),
  installers: names,
  ruleCharts: names,
})

export type ClusterComponents = z.infer<typeof clusterComponentsSchema>

let builtIn: ClusterComponents | undefined

/** Read once. */
export function clusterComponents(): ClusterComponents {
  builtIn ??= loadYaml(
    join(BUILT_IN_RULES, 'policies', 'cluster-components.yaml'),
    clusterComponentsSchema,
  ).value
  return builtIn
}
