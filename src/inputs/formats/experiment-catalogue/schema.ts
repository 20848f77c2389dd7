/** The ExperimentCatalogue kind: what is planned. Only id and title are required: what is missing is for the rules to say. */
import * as z from 'zod'
import { cadenceDays } from '../../../facts/cadence.js'
import { parseCron } from '../../../facts/cron.js'
import { isTimeZone } from '../../../facts/time-zone.js'
import { OWN_API_VERSION } from '../../own-documents.js'
import { condition, day, name } from '../../own-fields.js'

/** Text, steps or fields: what a team finds clearest. */
const description = z.union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullable()

/** Six fields: with seconds, as some tools have it; they are kept, but not counted on the calendar. */
const CRON_WITH_SECONDS = /^(\S+\s+){5}\S+$/

const schedule = z.strictObject({
  every: z
    .string()
    .refine(
      (every) => cadenceDays(every) !== null || isCron(every),
      'must be daily, weekly, monthly, quarterly, semiannually, annually or a cron expression',
    ),
  /** Only runs there keep it. */
  environment: name.optional(),
  owner: name.optional(),
  /** In which days and hours count; UTC unless stated. */
  zone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/London or UTC').optional(),
})

/** Extensions of single tools, such as `L`, are left to them. */
function isCron(every: string): boolean {
  const text = every.trim().replace(/^(?:CRON_)?TZ=\S+\s+/, '')
  return (
    parseCron(text) !== null ||
    CRON_WITH_SECONDS.test(text) ||
    (/^\S+(\s+\S+){4}$/.test(text) && /[LW#]/.test(text))
  )
}

export const cataloguedExperimentSchema = z.strictObject({
  id: name,
  title: z.string().min(1),
  hypothesis: z.string().nullable().optional(),
  target: z.strictObject({ component: name, replicas: z.number().optional() }).optional(),
  fault: z.strictObject({ type: name, parameters: z.record(z.string(), z.unknown()).optional() }).optional(),
  environment: name.optional(),
  blastRadius: description.optional(),
  steadyState: z.array(condition).optional(),
  observation: description.optional(),
  passCriteria: z.array(condition).optional(),
  abort: z.array(z.union([condition, z.string()])).optional(),
  rollback: description.optional(),
  requirements: z.array(name).optional(),
  risk: z.string().optional(),
  effortHours: z
    .tuple([z.number().nonnegative(), z.number().nonnegative()])
    .refine(([low, high]) => low <= high, 'must rise: [low, high]')
    .optional(),
  status: z.enum(['planned', 'implemented']).optional(),
  /** One, or one for each environment. */
  schedule: z.union([schedule, z.array(schedule).min(1)]).optional(),
  /** The day from which the definition holds: runs before it are not of it. */
  since: day.optional(),
  covers: z.array(name).optional(),
})

/** What the experiments are to show: those that nobody tests can only be told where they are declared. */
export const requirementSchema = z.union([name, z.strictObject({ id: name, title: z.string().optional() })])

export const experimentCatalogueSchema = z.strictObject({
  apiVersion: z.literal(OWN_API_VERSION),
  kind: z.literal('ExperimentCatalogue'),
  requirements: z.array(requirementSchema).optional(),
  experiments: z.array(cataloguedExperimentSchema),
})

export type CataloguedExperiment = z.infer<typeof cataloguedExperimentSchema>
