/** Between which values known metrics lie: `rules/policies/metric-values.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'
import { regularExpression } from '../regular-expression.js'

const metricValuesSchema = z.strictObject({
  values: z.array(z.strictObject({ pattern: regularExpression(), low: z.number(), high: z.number() })),
})

type Values = z.infer<typeof metricValuesSchema>['values']

const policy = policyFile('metric-values.yaml', metricValuesSchema)

export function metricValues(): Values {
  return policy().values
}

/** Null for a metric of which nothing is known. */
export function valuesOf(metric: string): { low: number; high: number } | null {
  return metricValues().find(({ pattern }) => pattern.test(metric)) ?? null
}
