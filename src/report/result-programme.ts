/** What the result says of the programme of experiments. */
import * as z from 'zod'
import { evidence, nullableText } from './result-parts.js'

/** What the experiments together are to show, showed, and cost. */
export const programme = z
  .object({
    requirements: z.array(
      z.object({
        id: z.string(),
        title: nullableText,
        state: z.enum(['passed', 'failed', 'in part', 'not tested', 'no scenario']),
        scenarios: z.array(
          z.object({
            experiment: z.string(),
            runs: z.int(),
            newestValid: z.object({ run: z.string(), verdict: z.string() }).nullable(),
          }),
        ),
      }),
    ),
    withoutRequirement: z.array(z.string()),
    /** Hours by status, and their sums. */
    effort: z.array(
      z.object({
        status: z.enum(['planned', 'implemented', 'not stated', 'total']),
        experiments: z.int(),
        low: z.number(),
        high: z.number(),
        unstated: z.int(),
      }),
    ),
    gameDays: z.array(
      z.object({
        name: nullableText,
        environment: nullableText,
        from: nullableText,
        runs: z.array(z.string()),
        faults: z.array(z.string()),
        overlapped: z.boolean(),
        objectives: z.array(z.string()),
        findings: z.array(z.string()),
      }),
    ),
    /** Environments with a safety policy. */
    policies: z.array(z.object({ environment: z.string(), source: evidence })),
    /** Runs without a recorded end, on which checks of their time bear; they were asked about for so many hours. */
    assumedEnds: z.object({ runs: z.int(), hours: z.number(), because: z.string() }).nullable().default(null),
  })
  .default({
    requirements: [],
    withoutRequirement: [],
    effort: [],
    gameDays: [],
    policies: [],
    assumedEnds: null,
  })
