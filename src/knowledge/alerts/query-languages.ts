/** Words of query languages other than PromQL: `rules/policies/query-languages.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const names = z.array(z.string())

const queryLanguagesSchema = z.strictObject({
  metricsql: z.strictObject({ functions: names, operators: names }),
  logql: z.strictObject({ functions: names }),
})

export const queryLanguages = policyFile('query-languages.yaml', queryLanguagesSchema)
