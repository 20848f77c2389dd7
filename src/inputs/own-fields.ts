/** Fields that our own kinds share. They only check, so that a JSON Schema can be printed of them. */
import { z } from 'zod'
import { parseInstant } from '../facts/instants.js'
import { parseDuration } from '../facts/units.js'

/** YAML reads an unquoted 12 as a number. */
export const name = z.union([z.string().min(1), z.number()], 'must be text')

export const instant = z
  .string()
  .refine((text) => parseInstant(text) !== null, 'must be a date and time such as 2026-05-01T10:00:00Z')

/** Seconds, or `90s`, `2m`. */
export const duration = z
  .union([z.number().nonnegative(), z.string()], 'must be seconds, or a duration such as 90s')
  .refine((text) => parseDuration(text) !== null, 'must be seconds, or a duration such as 90s')

/** Of a checked duration. */
export function secondsOf(text: z.infer<typeof duration>): number {
  return parseDuration(text) ?? 0
}
