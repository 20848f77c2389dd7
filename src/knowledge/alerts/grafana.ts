/** How Grafana writes the conditions of its alert rules: `rules/policies/grafana.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const grafanaSchema = z.strictObject({
  expressionSources: z.array(z.string()),
  promqlSources: z.array(z.string()),
  comparisons: z.record(z.string(), z.string()),
  ranges: z.record(
    z.string(),
    z.strictObject({ first: z.string(), second: z.string(), joined: z.enum(['and', 'or']) }),
  ),
  withoutData: z.record(z.string(), z.enum(['fires', 'notifies', 'silent'])),
  ownLabels: z.array(z.string()),
})

export const grafana = policyFile('grafana.yaml', grafanaSchema)
