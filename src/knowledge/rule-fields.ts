/** Keys of files of rules: `rules/policies/rule-fields.yaml`. */
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

let builtIn: RuleFields | undefined

/** Read once. */
export function ruleFields(): RuleFields {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'rule-fields.yaml'), ruleFieldsSchema).value
  return builtIn
}
