/** Where the cluster's own name service runs: `rules/policies/cluster-dns.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const clusterDnsSchema = z.strictObject({
  port: z.int().positive(),
  others: z.array(z.int().positive()),
  namespaces: z.array(z.string()),
  letters: z.string().min(1),
  labels: z.record(z.string(), z.array(z.string())),
})

export type ClusterDns = z.infer<typeof clusterDnsSchema>

let builtIn: ClusterDns | undefined

/** Read once. */
export function clusterDns(): ClusterDns {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'cluster-dns.yaml'), clusterDnsSchema).value
  return builtIn
}
