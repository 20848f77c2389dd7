/** The ExperimentLog kind: runs written down by hand or by a script. */
import * as z from 'zod'
import { parseInstant } from '../../../facts/instants.js'
import { durationSchema } from '../../../knowledge/durations.js'
import { OWN_API_VERSION } from '../../own-documents.js'
import { duration, instant, measured, name, secondsOf, share } from '../../own-fields.js'

const reading = z.number().nullable().optional()

const between = z
  .tuple([duration, duration], {
    error: ({ input }) =>
      Array.isArray(input) && input.length === 2 ? undefined : 'must be two durations, [low, high]',
  })
  .refine(([low, high]) => secondsOf(low) <= secondsOf(high), 'must rise: [low, high]')

const seconds = durationSchema('write {notRecoveredWithin: 120} for a service that was not seen to recover')

/** Seconds from the end of the fault, or from its start when it has no duration. */
const recovery = z.union(
  [
    z.strictObject({ seconds }),
    z.strictObject({ between }),
    z.strictObject({ notRecoveredWithin: duration }),
    z.strictObject({ absorbed: z.literal(true, 'must be true; leave it out when it was not absorbed') }),
  ],
  {
    error: ({ input }) =>
      saysOneThing(input)
        ? undefined
        : 'must be one of {seconds: 12}, {between: [10, 20]}, {notRecoveredWithin: 120}, {absorbed: true}',
  },
)

const RECOVERIES = ['seconds', 'between', 'notRecoveredWithin', 'absorbed']

function saysOneThing(input: unknown): boolean {
  const keys = typeof input === 'object' && input !== null ? Object.keys(input) : []
  return keys.length === 1 && RECOVERIES.includes(keys[0]!)
}

export const loggedRunSchema = z
  .strictObject({
    id: name,
    experiment: name,
    target: name,
    fault: name,
    environment: name,
    startedAt: instant,
    endedAt: instant.optional(),
    faultStartedAt: instant.optional(),
    /** Leave out for a fault without duration, such as a killed instance. */
    faultEndedAt: instant.optional(),
    baselineMet: z.boolean().optional(),
    faultVerified: z.boolean().optional(),
    load: z.boolean().optional(),
    verdict: z.enum(['pass', 'fail', 'partial', 'aborted', 'unknown']),
    mechanism: z.enum(['self-healing', 'operator', 'incident-response', 'none']).optional(),
    /** Observations of the service; they win over `recovery`. */
    samples: z
      .array(
        z.strictObject({ at: instant, ok: z.boolean(), values: z.record(z.string(), z.number()).optional() }),
      )
      .optional(),
    recovery: recovery.optional(),
    metrics: z
      .record(
        z.string(),
        z.strictObject({
          baseline: reading,
          during: reading,
          after: reading,
          unit: z.string().nullable().optional(),
        }),
      )
      .optional(),
    alerts: z.array(z.strictObject({ name, firedAt: instant.optional() })).optional(),
    rollback: z.strictObject({ succeeded: z.boolean() }).optional(),
    covers: z.array(name).optional(),
    /** Of the fault: `{ latency: 50ms, duration: 300s }`. */
    parameters: z.record(z.string(), measured).optional(),
    /** How many instances, nodes or the like were hit. */
    targets: z.int().nonnegative().optional(),
    /** Names; an empty list says that nobody did. */
    approvedBy: z.array(name).optional(),
    observers: z.array(name).optional(),
    /** What was checked before the start, and whether it held: `{ backup: true }`. */
    preconditions: z.record(z.string(), z.boolean()).optional(),
    /** Share of the error budget left at the start: 0.6 or 60%. */
    errorBudget: share.optional(),
    /** Runs of one game day name it alike. */
    gameDay: z
      .strictObject({
        name,
        objective: z.string().optional(),
        findings: z.array(z.string()).optional(),
      })
      .optional(),
    notes: z.string().optional(),
  })
  .superRefine((run, context) => {
    const refuseBefore = (
      later: 'endedAt' | 'faultEndedAt',
      earlier: 'startedAt' | 'faultStartedAt',
    ): void => {
      const [from, to] = [run[earlier], run[later]]
      if (from !== undefined && to !== undefined && parseInstant(to)! < parseInstant(from)!) {
        context.addIssue({ code: 'custom', path: [later], message: `is before ${earlier}` })
      }
    }
    refuseBefore('endedAt', 'startedAt')
    refuseBefore('faultEndedAt', 'faultStartedAt')
  })

export const experimentLogSchema = z.strictObject({
  apiVersion: z.literal(OWN_API_VERSION),
  kind: z.literal('ExperimentLog'),
  system: name,
  runs: z.array(loggedRunSchema),
})

export type LoggedRun = z.infer<typeof loggedRunSchema>
