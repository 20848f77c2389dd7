/** Words of query languages other than PromQL: `rules/policies/query-languages.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const names = z.array(z.string())

const queryLanguagesSchema = z.strictObject({
  metricsql: z.strictObject({ functions: names, operators: names, kinds: names }),
  logql: z.strictObject({ functions: names }),
})

type QueryLanguages = z.infer<typeof queryLanguagesSchema>

let builtIn: QueryLanguages | undefined

/** Read once. */
export function queryLanguages(): QueryLanguages {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'query-languages.yaml'), queryLanguagesSchema).value
  return builtIn
}
