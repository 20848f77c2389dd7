/** An exported experiment as a definition. A failing check ends the experiment, which is its abort condition. */
import type { Experiment } from '../../../facts/experiment.js'
import type { Field } from '../../field.js'
import { placed, plainText } from '../../chaos-tools/document.js'
import { idOf, recordedDefinition } from '../../chaos-tools/records.js'
import type { Step } from '../../chaos-tools/step.js'
import { readSteps } from './steps.js'

export function readDefinition(record: Field): Experiment {
  const steps = record
    .get('lanes')
    .items()
    .flatMap((lane) => readSteps(lane.get('steps')))
  const injecting = steps.filter(({ role }) => role === 'injecting')
  const checks = steps.filter(({ role }) => role === 'checking')
  const title = plainText(record.get('name')) ?? 'unnamed experiment'
  const hypothesis = plainText(record.get('hypothesis'))
  return recordedDefinition({
    recordedBy: 'steadybit',
    source: placed(record),
    id: plainText(record.get('key')) ?? plainText(record.get('externalId')) ?? idOf(title),
    title,
    hypothesis,
    target: injecting.map(({ target }) => target).find((target) => target !== null) ?? null,
    fault: injecting.map(({ fault }) => fault).find((fault) => fault !== null) ?? null,
    environment: stated(record.get('environment')),
    owner: stated(record.get('team')),
    parts: {
      hypothesis: hypothesis !== null,
      baseline: checks.length > 0,
      blastRadius: injecting.length > 0 && injecting.every(({ isScoped }) => isScoped),
      injection: injecting.length > 0,
      observation: checks.length > 0,
      abort: checks.some(isDecisive),
      // What an attack of a stated duration did, the agent undoes at its end.
      rollback: injecting.length > 0 && injecting.every(({ lasts }) => lasts !== null),
    },
  })
}

function isDecisive({ at }: Step): boolean {
  return at.get('ignoreFailure').value !== true
}

/** `{{teamKey}}` is filled in where the template is used. */
function stated(field: Field): string | null {
  const text = plainText(field)
  return text === null || /\{\{.*\}\}/.test(text) ? null : text
}
