/** Where the cluster's own name service runs: `rules/policies/cluster-dns.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const clusterDnsSchema = z.strictObject({
  port: z.int().positive(),
  others: z.array(z.int().positive()),
  namespaces: z.array(z.string()),
  letters: z.string().min(1),
  labels: z.record(z.string(), z.array(z.string())),
})

export type ClusterDns = z.infer<typeof clusterDnsSchema>

export const clusterDns = policyFile('cluster-dns.yaml', clusterDnsSchema)
