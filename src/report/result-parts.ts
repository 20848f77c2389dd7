/** Pieces that several parts of the result are made of. */
import { z } from 'zod'

export const severities = ['critical', 'high', 'medium', 'low'] as const
export const severity = z.enum(severities)

export const nullableNumber = z.number().nullable()
export const nullableText = z.string().nullable()
export const source = z.object({ path: z.string(), line: z.int(), column: z.int(), endLine: z.int() })
/** A place that leads back to the evidence, with the JSON path inside a journal. */
export const evidence = source.extend({ pointer: z.string().optional() })
export const interval = z.object({ value: nullableNumber, low: nullableNumber, high: nullableNumber })
