/** Workflows and their nodes that ran: they prove that a fault was asked for, not that it was injected. */
import type { Run } from '../../../facts/experiment.js'
import { groupedBy } from '../../../facts/grouped.js'
import { BASELINE_NOT_MEASURED, OUTCOME_NOT_MEASURED } from '../../../recovery/unmeasured.js'
import { identityOf, timeOf } from '../../chaos-objects.js'
import type { Field } from '../../field.js'
import { faultTemplates } from './definition.js'
import { faultBelow, faultSpecOf, isFaultKind } from './fault.js'
import { emptyRun, runIdOf } from './run.js'

/** None for a node that injects nothing itself. */
export function runOfNode(object: Field): Run[] {
  const spec = object.get('spec')
  const kind = spec.get('type').text() ?? ''
  const fault = isFaultKind(kind) ? faultBelow(spec, kind) : null
  if (fault === null || !object.get('status').exists) return []
  const identity = identityOf(object)
  const workflow = spec.get('workflowName').text()
  const resource = object.get('status', 'chaosResource', 'name').text()
  const { target, fault: name } = faultSpecOf(kind, fault)
  return [
    {
      ...emptyRun(object, identity),
      id: runIdOf('WorkflowNode', identity),
      experiment: [workflow, spec.get('templateName').text()].filter((part) => part !== null).join('/'),
      startedAt: timeOf(spec.get('startTime')),
      target,
      fault: name,
      verdict: isMet(object, 'Aborted') ? 'aborted' : 'unknown',
      reasons: [
        `injection not proven: a node of a workflow says that ${resource === null ? 'a fault' : `the ${kind} ${resource}`} was made, not that it took effect; export that object too`,
        BASELINE_NOT_MEASURED,
        OUTCOME_NOT_MEASURED,
      ],
      partOf: [...(workflow === null ? [] : [workflow]), identity.name],
    },
  ]
}

/** None for a workflow that is only planned, or that injects nothing. */
export function runOfWorkflow(object: Field): Run[] {
  const status = object.get('status')
  const startedAt = timeOf(status.get('startTime'))
  const faults = faultTemplates(object.get('spec'))
  if (startedAt === null || faults.length === 0) return []
  const identity = identityOf(object)
  const only = faults.length === 1 ? faults[0]! : null
  const spec = only && faultSpecOf(only.kind, only.fault)
  const { name } = identity
  return [
    {
      ...emptyRun(object, identity),
      id: runIdOf('Workflow', identity),
      experiment: only ? `${name}/${only.name}` : name,
      startedAt,
      endedAt: timeOf(status.get('endTime')),
      target: spec?.target ?? null,
      fault: spec?.fault ?? null,
      reasons: [
        'injection not proven: a workflow says that its steps were taken, not what they did; export the faults that it made too',
        BASELINE_NOT_MEASURED,
        OUTCOME_NOT_MEASURED,
      ],
      partOf: [name],
    },
  ]
}

function isMet(object: Field, condition: string): boolean {
  return object
    .get('status', 'conditions')
    .items()
    .some((item) => item.get('type').text() === condition && item.get('status').text() === 'True')
}

/** Runs that only tell less of what another one tells as well: a node beside its fault, a workflow beside either. */
export function retoldIn(runs: Run[]): Set<Run> {
  const parts = (wanted: (kind: string) => boolean): Map<string, Run[]> => {
    const named = runs
      .filter(({ id }) => wanted(kindOf(id)))
      .flatMap((run) => (run.partOf ?? []).map((name) => ({ run, key: within(run, name) })))
    const byName = groupedBy(named, ({ key }) => key)
    return new Map([...byName].map(([key, all]) => [key, all.map(({ run }) => run)]))
  }
  const ofFaults = parts(isFaultKind)
  const ofSteps = parts((kind) => kind !== 'Workflow')
  return new Set(
    runs.filter((run) => {
      const { id, partOf = [] } = run
      if (kindOf(id) === 'WorkflowNode') return ofFaults.has(within(run, partOf.at(-1)!))
      if (kindOf(id) !== 'Workflow') return false
      return partOf.some((name) => ofSteps.get(within(run, name))?.some((step) => isDuring(step, run)))
    }),
  )
}

/** Names are unique in a namespace only. */
function within({ id }: Run, name: string): string {
  return JSON.stringify([id.slice(0, id.indexOf(`-${kindOf(id)}`)), name])
}

/** A workflow that was made anew has the name of the one before; its steps came after it. */
function isDuring({ startedAt }: Run, workflow: Run): boolean {
  if (startedAt === null || workflow.startedAt === null) return true
  return startedAt >= workflow.startedAt && (workflow.endedAt === null || startedAt <= workflow.endedAt)
}

/** Names of Kubernetes have no capitals: the first word with one is the kind that `runIdOf` put there. */
function kindOf(id: string): string {
  return /-([A-Z]\w*)/.exec(id)?.[1] ?? ''
}
