/** Fields that our own kinds share. They only check, so that a JSON Schema can be printed of them. */
import { z } from 'zod'
import { parseInstant } from '../facts/instants.js'
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
