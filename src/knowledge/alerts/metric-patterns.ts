/** Mechanisms in code and the metrics that tell of them: `rules/policies/metric-patterns.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'
import { regularExpression } from '../regular-expression.js'

/** Of a whole word. */
const word = z.string().transform((text) => new RegExp(`^(?:${text})$`))
const words = z.array(word).min(1)

const mechanism = z.strictObject({
  title: z.string(),
  guards: z.record(z.string(), z.enum(['present', 'written', 'any'])),
  practices: z.array(z.string()),
  protocols: z.array(z.string()).default([]),
  metrics: z.array(words).min(1),
  unless: z.array(word).default([]),
  beside: z.array(words).default([]),
  of: z.array(z.string()),
})

const metricPatternsSchema = z.strictObject({
  mechanisms: z.strictObject({
    breaker: mechanism,
    retries: mechanism,
    pool: mechanism,
    queue: mechanism,
  }),
  exports: z.strictObject({
    libraries: z.array(z.string()).min(1),
    classes: z.array(z.string()).min(1),
    functions: regularExpression(),
    suffixes: word,
  }),
})

export type MetricPatterns = z.infer<typeof metricPatternsSchema>
export type MechanismKind = keyof MetricPatterns['mechanisms']
export type Mechanism = MetricPatterns['mechanisms'][MechanismKind]

export const metricPatterns = policyFile('metric-patterns.yaml', metricPatternsSchema)

/** Whether a metric tells of a mechanism; `beside`: of another side of it, so that it may tell or may not. */
export function tellsOf(metric: string, { metrics, unless, beside }: Mechanism): 'yes' | 'beside' | 'no' {
  const own = wordsOf(metric)
  const has = (lists: RegExp[][]): boolean =>
    lists.some((all) => all.every((each) => own.some((word) => each.test(word))))
  if (unless.some((each) => own.some((word) => each.test(word)))) return 'no'
  if (has(metrics)) return 'yes'
  return has(beside) ? 'beside' : 'no'
}

/** `job:queue_depth:max`, `http.client.retries`, `queueDepth` in lower case. */
function wordsOf(metric: string): string[] {
  return metric
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}
