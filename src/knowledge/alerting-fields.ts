/** Keys of files of rules and of routing: `rules/policies/rule-fields.yaml`, `routing-fields.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const names = z.array(z.string())
const levels = z.strictObject({ file: names, group: names, rule: names })

const ruleFieldsSchema = z.strictObject({
  prometheus: levels,
  /** Of other tools that read the same shape of file. */
  others: levels,
})

type RuleFields = z.infer<typeof ruleFieldsSchema>

let builtInRules: RuleFields | undefined

/** Read once. */
export function ruleFields(): RuleFields {
  builtInRules ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'rule-fields.yaml'), ruleFieldsSchema).value
  return builtInRules
}

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

type RoutingFields = z.infer<typeof routingFieldsSchema>

let builtInRouting: RoutingFields | undefined

/** Read once. */
export function routingFields(): RoutingFields {
  builtInRouting ??= loadYaml(
    join(BUILT_IN_RULES, 'policies', 'routing-fields.yaml'),
    routingFieldsSchema,
  ).value
  return builtInRouting
}
