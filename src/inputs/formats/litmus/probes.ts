/** The probes of an engine: its hypothesis, and what it does when one fails. */
import type { Condition } from '../../../facts/experiment.js'
import type { Field } from '../../field.js'

/** Modes that look before the fault, and while it is there. */
export const BEFORE = ['SOT', 'Edge', 'Continuous']
export const DURING = ['OnChaos', 'Continuous']
export const AFTER = ['EOT', 'Edge', 'Continuous', 'OnChaos']

export interface Probe {
  name: string
  mode: string
  stops: boolean
  conditions: Condition[]
}

export function probesOf(experiment: Field): Probe[] {
  return experiment
    .get('spec', 'probe')
    .items()
    .map((probe) => {
      const name = probe.get('name').text() ?? 'unnamed probe'
      return {
        name,
        mode: probe.get('mode').text() ?? '',
        stops: probe.get('runProperties', 'stopOnFailure').value === true,
        conditions: conditionOf(probe, name),
      }
    })
}

/** What it compares; the inputs stand under a key with a slash in it. */
function conditionOf(probe: Field, name: string): Condition[] {
  const inputs = probe.entries().find(([key]) => key.endsWith('/inputs'))?.[1]
  if (!inputs) return []
  const [, method] = inputs.get('method').entries()[0] ?? []
  if (method) return comparison(`HTTP status of ${name}`, method.get('criteria'), method.get('responseCode'))
  const comparator = inputs.get('comparator')
  return comparison(name, comparator.get('criteria'), comparator.get('value'))
}

function comparison(metric: string, criteria: Field, value: Field): Condition[] {
  const [operator, expected] = [criteria.text(), value.text()]
  return operator === null || expected === null ? [] : [{ metric, operator, value: expected, unit: null }]
}
