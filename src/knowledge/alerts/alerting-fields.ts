/** Keys of files of rules and of routing: `rules/policies/rule-fields.yaml`, `routing-fields.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const names = z.array(z.string())
const levels = z.strictObject({ file: names, group: names, rule: names })

const ruleFieldsSchema = z.strictObject({
  prometheus: levels,
  /** Of other tools that read the same shape of file. */
  others: levels,
})

export const ruleFields = policyFile('rule-fields.yaml', ruleFieldsSchema)

const routingFieldsSchema = z.strictObject({
  file: names,
  route: names,
  receiver: names,
  inhibition: names,
  interval: names,
  /** Of other tools. */
  others: names,
  /** By integration: of each list one has to be written. */
  needs: z.record(z.string(), z.array(names)),
})

export const routingFields = policyFile('routing-fields.yaml', routingFieldsSchema)
