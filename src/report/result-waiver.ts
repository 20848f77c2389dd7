/** That a finding is accepted, in the result. */
import * as z from 'zod'
import { nullableText } from './result-parts.js'

export const waiver = z.object({
  reason: z.string(),
  owner: z.string(),
  expires: z.string(),
  expired: z.boolean(),
  /** The annotation or comment for another tool that it comes from; `checks` null: all of that tool. */
  inherited: z
    .object({
      tool: z.string(),
      checks: z.array(z.string()).nullable(),
      reason: nullableText,
      path: z.string(),
      line: z.int(),
    })
    .optional(),
})
