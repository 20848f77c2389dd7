/** Pieces that several parts of the result are made of. */
import * as z from 'zod'
import { SEVERITIES } from '../knowledge/severities.js'

export const severity = z.enum(SEVERITIES)

export const nullableNumber = z.number().nullable()
export const nullableText = z.string().nullable()
export const source = z.object({ path: z.string(), line: z.int(), column: z.int(), endLine: z.int() })
/** A place that leads back to the evidence, with the JSON path inside a journal. */
export const evidence = source.extend({ pointer: z.string().optional() })
export const interval = z.object({ value: nullableNumber, low: nullableNumber, high: nullableNumber })

/** A chart or overlays: what they became, by which tool, with which commands. */
export const renderedSystem = z.object({
  kind: z.enum(['chart', 'overlay']),
  path: z.string(),
  tool: nullableText,
  outcome: z.enum(['rendered', 'in part', 'not rendered', 'failed']),
  reason: nullableText,
  environments: z.array(
    z.object({ name: z.string(), command: z.string(), rendered: z.boolean(), reason: nullableText }),
  ),
  objects: z.int(),
})
