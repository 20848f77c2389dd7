/** Between which values known metrics lie: `rules/policies/metric-values.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { regularExpression } from './regular-expression.js'
import { BUILT_IN_RULES } from './rule-files.js'

const metricValuesSchema = z.strictObject({
  values: z.array(z.strictObject({ pattern: regularExpression(), low: z.number(), high: z.number() })),
})

type Values = z.infer<typeof metricValuesSchema>['values']

let builtIn: Values | undefined

/** Read once. */
export function metricValues(): Values {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'metric-values.yaml'), metricValuesSchema).value
    .values
  return builtIn
}

/** Null for a metric of which nothing is known. */
export function valuesOf(metric: string): { low: number; high: number } | null {
  return metricValues().find(({ pattern }) => pattern.test(metric)) ?? null
}
