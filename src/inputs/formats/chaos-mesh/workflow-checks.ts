/** The status checks of a workflow: what it expects of the service, and whether it stops when that fails. */
import type { Condition } from '../../../facts/experiment.js'
import type { Field } from '../../field.js'

export interface StatusChecks {
  /** Their specs. */
  checks: Field[]
  /** Whether one of them watches while faults are there, and not only before or after. */
  duringFaults: boolean
  /** Whether one that fails stops the workflow. */
  aborts: boolean
}

export const NO_CHECKS: StatusChecks = { checks: [], duringFaults: false, aborts: false }

export function statusChecksOf(workflow: Field): StatusChecks {
  const templates = workflow.get('templates').items()
  const parallel = new Set(
    templates
      .filter((template) => template.get('templateType').text() === 'Parallel')
      .flatMap((template) => template.get('children').items())
      .map((child) => child.text()),
  )
  const checking = templates.filter((template) => template.get('statusCheck').exists)
  return {
    checks: checking.map((template) => template.get('statusCheck')),
    duringFaults: checking.some(
      (template) =>
        template.get('statusCheck', 'mode').text() === 'Continuous' ||
        parallel.has(template.get('name').text()),
    ),
    aborts: checking.some((template) => template.get('abortWithStatusCheck').value === true),
  }
}

/** The status that an HTTP check expects. */
export function conditionOf(check: Field): Condition[] {
  const url = check.get('http', 'url').text()
  const status = check.get('http', 'criteria', 'statusCode').text()
  return url === null || status === null
    ? []
    : [
        {
          metric: `HTTP status of ${url}`,
          operator: status.includes('-') ? 'in' : '==',
          value: status,
          unit: null,
        },
      ]
}
