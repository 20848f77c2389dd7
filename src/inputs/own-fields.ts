/** Fields that our own kinds share. They only check, so that a JSON Schema can be printed of them. */
import * as z from 'zod'
import { isDay, parseInstant } from '../facts/instants.js'
import { type Measure, parseMeasure } from '../facts/measure.js'
import { parseDuration } from '../facts/units.js'
import { durationSchema } from '../knowledge/durations.js'

/** YAML reads an unquoted 12 as a number. */
export const name = z.union([z.string().min(1), z.number()])

export const instant = z
  .string({
    error: ({ input }) => (input === undefined ? 'is missing; write 2026-05-01T10:00:00Z' : undefined),
  })
  .refine((text) => parseInstant(text) !== null, 'must be a date and time such as 2026-05-01T10:00:00Z')

/** Seconds, or `90s`, `2m`. */
export const duration = durationSchema()

/** Of a checked duration. */
export function secondsOf(text: z.infer<typeof duration>): number {
  return parseDuration(text) ?? 0
}

/** A metric set against a value. */
export const condition = z.strictObject({
  metric: name,
  op: z.enum(['<', '<=', '>', '>=', '==', '!=']),
  value: z.union([z.number(), z.string()]),
  unit: z.string().nullable().optional(),
  window: duration.optional(),
})

const PERCENT = /^(\d+(?:\.\d+)?)\s*%$/

/** 0 to 1, or `50%`. */
export const share = z
  .union([z.number(), z.string()])
  .refine((text) => isShare(shareOf(text)), 'must be a share: 0.5 or 50%')

/** Of a checked share. */
export function shareOf(text: number | string): number {
  if (typeof text === 'number') return text
  const percent = PERCENT.exec(text.trim())
  return percent ? Number(percent[1]) / 100 : NaN
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1
}

/** A number with or without a unit, or words. */
export const measured = z.union([z.number(), z.string()])

/** Those of written parameters that are numbers, with their units. */
export function measuresOf(parameters: Record<string, unknown>): { name: string; value: Measure }[] {
  return Object.entries(parameters).flatMap(([name, written]) => {
    const value = parseMeasure(written)
    return value === null ? [] : [{ name, value }]
  })
}

/** Those that are no measures, as they are written. */
export function textsOf(parameters: Record<string, unknown>): { name: string; value: string }[] {
  return Object.entries(parameters).flatMap(([name, written]) =>
    typeof written === 'string' && parseMeasure(written) === null ? [{ name, value: written }] : [],
  )
}

export const day = z.string().refine(isDay, 'must be a day such as 2026-05-01')
