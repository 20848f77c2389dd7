/** By which rules alert rules written in a document are judged: `rules/policies/written-alerts.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const ids = z.array(z.string().min(1)).min(1)

const writtenAlertsSchema = z.strictObject({
  contradicted: ids,
  unsupported: ids,
  leastAlerts: z.int().positive(),
})

export type WrittenAlertRules = z.infer<typeof writtenAlertsSchema>

export const writtenAlertRules = policyFile('written-alerts.yaml', writtenAlertsSchema)
