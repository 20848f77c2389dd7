/** What templates of alerts may use: `rules/policies/alert-templates.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const names = z.strictObject({ labels: z.string(), value: z.string(), others: z.array(z.string()) })

const alertTemplatesSchema = z.strictObject({
  functions: z.array(z.string()),
  variables: names,
  fields: names,
  indexing: z.array(z.string()),
  vmalert: z.strictObject({
    functions: z.array(z.string()),
    variables: z.array(z.string()),
    fields: z.array(z.string()),
  }),
})

type AlertTemplates = z.infer<typeof alertTemplatesSchema>

let builtIn: AlertTemplates | undefined

/** Read once. */
export function alertTemplates(): AlertTemplates {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'alert-templates.yaml'), alertTemplatesSchema).value
  return builtIn
}
