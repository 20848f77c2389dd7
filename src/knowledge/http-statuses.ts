/** What statuses say of the request that they answer: `rules/policies/http-statuses.yaml`. */
import * as z from 'zod'
import { policyFile } from './policy-file.js'

const statuses = z.array(z.int().min(100).max(599)).min(1)

const httpStatusesSchema = z.strictObject({
  refused: statuses,
  fromGateway: statuses,
  unsent: z.array(z.string().regex(/^E[A-Z_]+$/)).min(1),
})

export const httpStatuses = policyFile('http-statuses.yaml', httpStatusesSchema)
