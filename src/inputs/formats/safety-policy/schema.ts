/** The SafetyPolicy kind. */
import * as z from 'zod'
import { parseMeasure } from '../../../facts/measure.js'
import { isTimeZone } from '../../../facts/time-zone.js'
import { OWN_API_VERSION } from '../../own-documents.js'
import { condition, name, share } from '../../own-fields.js'
import { daysOf, minutesOf } from './week.js'

const amount = z
  .union([z.number(), z.string()])
  .refine((text) => parseMeasure(text) !== null, 'must be a number with or without a unit: 2, 300s, 1%')

const clock = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing; write "08:00"' : undefined) })
  .refine((text) => minutesOf(text) !== null, 'must be a time of day such as "08:00", up to "24:00"')

const day = z
  .string()
  .refine(
    (text) => daysOf(text) !== null,
    'must be a day such as mon, days such as mon-fri, or daily, weekdays, weekends',
  )

const forbiddenWindow = z.strictObject({
  days: z.union([day, z.array(day).min(1)]),
  from: clock,
  to: clock,
  zone: z
    .string({
      error: ({ input }) => (input === undefined ? 'is missing; write Europe/London or UTC' : undefined),
    })
    .refine(isTimeZone, 'must be a time zone such as Europe/London or UTC'),
})

const count = z.int().nonnegative()

export const environmentPolicySchema = z.strictObject({
  /** No experiments there at all. */
  forbidden: z.boolean().optional(),
  /** Fault to parameter to the most it may be. */
  limits: z.record(z.string(), z.record(z.string(), amount)).optional(),
  maxTargets: count.optional(),
  maxConcurrent: count.optional(),
  forbiddenWindows: z.array(forbiddenWindow).optional(),
  requires: z.array(name).optional(),
  approvers: z.array(name).optional(),
  minErrorBudget: share.optional(),
  minDaysSinceIncident: z.number().nonnegative().optional(),
  abortWhen: z.array(condition).optional(),
})

export const safetyPolicySchema = z.strictObject({
  apiVersion: z.literal(OWN_API_VERSION),
  kind: z.literal('SafetyPolicy'),
  /** `*` for every environment that is not named. */
  environments: z.record(z.string(), environmentPolicySchema),
})

export type EnvironmentPolicy = z.infer<typeof environmentPolicySchema>
