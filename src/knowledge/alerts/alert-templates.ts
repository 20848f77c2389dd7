/** What templates of alerts may use: `rules/policies/alert-templates.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const names = z.strictObject({ labels: z.string(), value: z.string(), others: z.array(z.string()) })

const words = z.strictObject({
  functions: z.array(z.string()),
  variables: z.array(z.string()),
  fields: z.array(z.string()),
})

const alertTemplatesSchema = z.strictObject({
  functions: z.array(z.string()),
  variables: names,
  fields: names,
  indexing: z.array(z.string()),
  vmalert: words,
  grafana: words,
})

export const alertTemplates = policyFile('alert-templates.yaml', alertTemplatesSchema)
