/** Dependencies in the result, with their protections and what becomes of their failures. */
import * as z from 'zod'
import { nullableNumber, nullableText, source } from './result-parts.js'

export const guardState = z.enum(['present', 'absent', 'inert', 'delegated', 'unknown'])
const guard = z.object({
  state: guardState,
  tier: nullableText,
  value: nullableNumber,
  unit: nullableText,
  reason: nullableText,
  source: source.nullable(),
})

export const dependency = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  protocol: z.string(),
  criticality: z.enum(['hard', 'soft', 'unknown']),
  sources: z.array(source),
  reason: z.string(),
  guards: z.record(z.string(), guard),
  /** Protections that some of its calls have and others lack, by pattern: their worst state stands in `guards`. */
  partly: z.record(z.string(), z.object({ has: z.array(source), lacks: z.array(source) })).default({}),
  /** What becomes of the failure of each call that was seen: `absorbed` is caught, and the work goes on without it. */
  calls: z
    .array(
      z.object({
        place: source,
        failure: z.enum(['absorbed', 'handed-on', 'unknown']),
        reason: z.string(),
        at: z.array(source),
      }),
    )
    .default([]),
})
