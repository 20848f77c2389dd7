/** The part of the result that people have to answer. */
import * as z from 'zod'
import { evidence, nullableText, severity } from './result-parts.js'

export const question = z.object({
  question: z.string(),
  /** Of the worst finding that a bad answer makes; `blocks` when that would block by itself. */
  severity,
  blocks: z.boolean(),
  /** All of the evidence lacks what is asked for: one answer settles it, and no single place tells more. */
  everywhere: z.boolean().default(false),
  /** Rules that wait for the answer, the most severe first, each with the checks that wait and what a bad answer finds. */
  decides: z.array(z.object({ rule: z.string(), severity, failure: z.string(), checks: z.int() })),
  /** Failure chains that stay open until it is answered. */
  chains: z.array(z.string()),
  /** Where to look, and why the evidence did not tell. */
  places: z.array(
    z.object({
      component: nullableText,
      /** The thing asked about, as people name it. */
      subject: z.string(),
      reason: z.string(),
      source: evidence,
      severity,
      rules: z.array(z.string()),
      fingerprints: z.array(z.string()),
    }),
  ),
})

export type Question = z.infer<typeof question>
