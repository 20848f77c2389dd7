/** Objects of Kubernetes that hold alert rules: `rules/policies/rule-objects.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const ruleObjectSchema = z.strictObject({
  language: z.enum(['promql', 'metricsql']),
  scope: z.array(z.string().min(1)).default([]),
  intervalSeconds: z.number().positive().nullable().default(null),
  byKind: z.boolean().default(false),
})

export type RuleObject = z.infer<typeof ruleObjectSchema>

/** By `group/kind`. */
export const ruleObjects = policyFile('rule-objects.yaml', z.record(z.string(), ruleObjectSchema))
