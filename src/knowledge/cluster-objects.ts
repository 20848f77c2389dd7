/** Objects that are in every namespace: `rules/policies/cluster-objects.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const names = z.array(z.string().min(1))

const clusterObjectsSchema = z.strictObject({
  ConfigMap: names,
  Secret: names,
  ServiceAccount: names,
  filled: names,
})

export type ClusterObjects = z.infer<typeof clusterObjectsSchema>

let builtIn: ClusterObjects | undefined

/** Read once. */
export function clusterObjects(): ClusterObjects {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'cluster-objects.yaml'), clusterObjectsSchema).value
  return builtIn
}
