/** By which rules alert rules written in a document are judged: `rules/policies/written-alerts.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const ids = z.array(z.string().min(1)).min(1)

const writtenAlertsSchema = z.strictObject({
  contradicted: ids,
  unsupported: ids,
  leastAlerts: z.int().positive(),
})

export type WrittenAlertRules = z.infer<typeof writtenAlertsSchema>

let builtIn: WrittenAlertRules | undefined

/** Read once. */
export function writtenAlertRules(): WrittenAlertRules {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'written-alerts.yaml'), writtenAlertsSchema).value
  return builtIn
}
