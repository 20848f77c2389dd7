/** Durations in files that people write for us: seconds, or `90s`, `5m`. They only check, so that a JSON Schema can be printed. */
import * as z from 'zod'
import { parseDuration } from '../facts/units.js'

const HOW = 'write seconds or 90s, 5m, 1h'

/** `whenEndless` says what to write instead of .inf. */
export function durationSchema(whenEndless?: string): z.ZodType<string | number> {
  const explain = ({ input }: { input?: unknown }): string => durationFault(input, whenEndless)
  return z
    .union([z.number().nonnegative({ error: explain }), z.string()], { error: explain })
    .refine((text) => parseDuration(text) !== null, { error: explain })
}

function durationFault(value: unknown, whenEndless: string | undefined): string {
  if (value === undefined) return `is missing; ${HOW}`
  if (Number.isNaN(value)) return `.nan is no duration; ${HOW}, and leave out what was not measured`
  if (value === Infinity || value === -Infinity)
    return `${value > 0 ? '' : '-'}.inf is no duration; ${whenEndless ?? HOW}`
  if (typeof value === 'number') return `${value} is negative, a duration is not; ${HOW}`
  if (typeof value === 'string') return `"${value}" is no duration; ${HOW}`
  return `must be a duration; ${HOW}`
}
