/** The ExperimentCatalogue kind: what is planned. Only id and title are required: what is missing is for the rules to say. */
import { z } from 'zod'
import { cadenceDays } from '../../../facts/cadence.js'
import { OWN_API_VERSION } from '../../own-documents.js'
import { duration, name } from '../../own-fields.js'

const condition = z.strictObject({
  metric: name,
  op: z.enum(['<', '<=', '>', '>=', '==', '!=']),
  value: z.union([z.number(), z.string()]),
  unit: z.string().nullable().optional(),
  window: duration.optional(),
})

/** Text, steps or fields: what a team finds clearest. */
const description = z.union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullable()

const CRON = /^(\S+\s+){4,5}\S+$/

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
  effortHours: z.tuple([z.number(), z.number()]).optional(),
  status: z.enum(['planned', 'implemented']).optional(),
  schedule: z
    .strictObject({
      every: z
        .string()
        .refine(
          (every) => cadenceDays(every) !== null || CRON.test(every.trim()),
          'must be daily, weekly, monthly, quarterly, semiannually, annually or a cron expression',
        ),
      environment: name.optional(),
      owner: name.optional(),
    })
    .optional(),
  covers: z.array(name).optional(),
})

export const experimentCatalogueSchema = z.strictObject({
  apiVersion: z.literal(OWN_API_VERSION),
  kind: z.literal('ExperimentCatalogue'),
  experiments: z.array(cataloguedExperimentSchema),
})

export type CataloguedExperiment = z.infer<typeof cataloguedExperimentSchema>
