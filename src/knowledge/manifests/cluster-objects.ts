/** Objects that are in every namespace: `rules/policies/cluster-objects.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const names = z.array(z.string().min(1))

const clusterObjectsSchema = z.strictObject({
  ConfigMap: names,
  Secret: names,
  ServiceAccount: names,
  required: names,
  filled: names,
})

export type ClusterObjects = z.infer<typeof clusterObjectsSchema>

export const clusterObjects = policyFile('cluster-objects.yaml', clusterObjectsSchema)
