/** The IncidentLog kind: an incident and its events, in any order. */
import * as z from 'zod'
import { OWN_API_VERSION } from '../../own-documents.js'
import { instant, name } from '../../own-fields.js'

export const incidentLogSchema = z.strictObject({
  apiVersion: z.literal(OWN_API_VERSION, `must be ${OWN_API_VERSION}`),
  kind: z.literal('IncidentLog', 'must be IncidentLog: put documents of other kinds into files of their own'),
  incident: z.strictObject({
    id: name,
    title: z.string().min(1),
    severity: name,
    services: z.array(name),
  }),
  events: z.array(
    z.strictObject({
      at: instant,
      kind: z.enum([
        'impact-start',
        'detected',
        'acknowledged',
        'declared',
        'diagnosed',
        'mitigated',
        'resolved',
        'status-page',
        'deploy',
        'note',
      ]),
      text: z.string(),
      source: z.string().optional(),
    }),
  ),
})

export type IncidentLog = z.infer<typeof incidentLogSchema>
