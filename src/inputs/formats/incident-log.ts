/** IncidentLog: what happened when; here for how long ago an incident was when an experiment ran. */
import type { Format, InputFile, Reading } from '../format.js'
import { mentionsKind, markLost, readDocuments } from '../own-documents.js'
import { incidentOf } from './incident-log/incident.js'
import { incidentLogSchema } from './incident-log/schema.js'

const KIND = 'IncidentLog'

export default {
  name: 'incident-log',
  title: 'Incident log',

  recognises(file: InputFile): boolean {
    return mentionsKind(file, KIND)
  },

  read(file: InputFile): Reading {
    const { items, problems, lost } = readDocuments(file, KIND, incidentLogSchema)
    const facts = items.map(({ value, source }) => incidentOf(value, source))
    return { facts, problems, ...markLost(lost, facts.length) }
  },
} satisfies Format
