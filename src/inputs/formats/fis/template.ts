/** A template of FIS as a definition, with the parts it has. It states no hypothesis: FIS has no place for one. */
import { cadenceDays } from '../../../facts/cadence.js'
import type { Experiment } from '../../../facts/experiment.js'
import type { Field } from '../../field.js'
import { placed, plainText, plainTexts } from '../../chaos-tools/document.js'
import { idOf, recordedDefinition } from '../../chaos-tools/records.js'
import { keyed, readActions, stopConditions } from './actions.js'

export function readTemplate(record: Field): Experiment {
  const actions = readActions(record)
  const injecting = actions.filter(({ role }) => role === 'injecting')
  const alarms = stopConditions(record) ?? []
  const tags = tagsOf(record)
  const title =
    plainText(keyed(record, 'description')) ?? tags.get('name') ?? injecting[0]?.name ?? 'unnamed template'
  const checks = actions.some(({ role }) => role === 'checking')
  const cadence = tags.get('cadence') ?? null
  return recordedDefinition({
    recordedBy: 'fis',
    source: placed(record),
    id: plainText(record.get('id')) ?? idOf(tags.get('name') ?? title),
    title,
    target: injecting.map(({ target }) => target).find((target) => target !== null) ?? null,
    fault: injecting.map(({ fault }) => fault).find((fault) => fault !== null) ?? null,
    environment: tags.get('environment') ?? null,
    owner: tags.get('owner') ?? tags.get('team') ?? null,
    cadence,
    cadenceDays: cadence === null ? null : cadenceDays(cadence),
    noPlaceFor: ['hypothesis'],
    parts: {
      hypothesis: false,
      baseline: checks,
      blastRadius: injecting.length > 0 && injecting.every(({ isScoped }) => isScoped),
      injection: injecting.length > 0,
      observation: checks || alarms.length > 0 || keyed(record, 'experimentReportConfiguration').exists,
      abort: alarms.length > 0,
      rollback: injecting.length > 0 && injecting.every(({ isUndone }) => isUndone),
    },
  })
}

/** A mapping, or CloudFormation's list of keys and values in other resources. */
function tagsOf(record: Field): Map<string, string> {
  const tags = Object.entries(plainTexts(keyed(record, 'tags')))
  return new Map(tags.map(([key, value]) => [key.toLowerCase(), value]))
}
