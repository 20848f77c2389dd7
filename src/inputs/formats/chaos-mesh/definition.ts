/** Faults, schedules and workflows as definitions of experiments. */
import { daysBetweenRuns } from '../../../facts/cron.js'
import type { Condition, Experiment } from '../../../facts/experiment.js'
import { declaredIn, identityOf, type Identity } from '../../chaos-objects.js'
import type { Field } from '../../field.js'
import { faultBelow, faultSpecOf, type FaultSpec, isFaultKind } from './fault.js'
import { conditionOf, NO_CHECKS, type StatusChecks, statusChecksOf } from './workflow-checks.js'

/** A fault states what is done, to whom and for how long. */
const NO_PLACE_IN_FAULT = ['hypothesis', 'baseline', 'observation', 'abort'] as const
const PAUSE = 'experiment.chaos-mesh.org/pause'

/** A fault by itself states what is done and to whom, not what is expected. */
export function definitionOfFault(object: Field, kind: string): Experiment {
  const identity = identityOf(object)
  const scheduler = object.get('spec', 'scheduler')
  if (scheduler.exists)
    scheduler.problem(
      'spec.scheduler is syntax of Chaos Mesh 1.x: version 2 does not know it, so this plan never repeats there; write a Schedule of type ' +
        kind,
    )
  const spec = faultSpecOf(kind, object.get('spec'))
  const cron = scheduler.get('cron').text()
  const title = `${kind} ${identity.name}`
  return {
    ...definition(object, identity, { id: identity.name, title, spec, cron, checks: NO_CHECKS }),
    noPlaceFor: [...NO_PLACE_IN_FAULT],
    ...(spec.oneShot && cron === null && { isMomentary: true as const }),
  }
}

export function definitionsOfSchedule(object: Field): Experiment[] {
  const identity = identityOf(object)
  const spec = object.get('spec')
  const cron = spec.get('schedule').text()
  const type = spec.get('type').text() ?? kindBelow(spec)
  if (type === 'Workflow') return definitionsOfTemplates(object, identity, spec.get('workflow'), cron)
  const fault = type === null ? null : faultBelow(spec, type)
  if (type === null || !isFaultKind(type) || fault === null) {
    spec.problem(
      `the Schedule ${identity.name} has no fault: write its type and the fault below a key of that name`,
    )
    return []
  }
  const title = `Schedule ${identity.name}`
  return [
    {
      ...definition(object, identity, {
        id: identity.name,
        title,
        spec: faultSpecOf(type, fault),
        cron,
        checks: NO_CHECKS,
      }),
      noPlaceFor: [...NO_PLACE_IN_FAULT],
    },
  ]
}

export function definitionsOfWorkflow(object: Field): Experiment[] {
  return definitionsOfTemplates(object, identityOf(object), object.get('spec'), null)
}

/** Each fault of a workflow is an experiment, watched by the status checks of the whole. */
function definitionsOfTemplates(
  object: Field,
  identity: Identity,
  workflow: Field,
  cron: string | null,
): Experiment[] {
  const checks = statusChecksOf(workflow)
  return faultTemplates(workflow).map(({ name, kind, fault, deadline }) => ({
    ...definition(object, identity, {
      id: `${identity.name}/${name}`,
      title: `${object.get('kind').text() ?? 'Workflow'} ${identity.name}: ${name}`,
      spec: faultSpecOf(kind, fault, deadline),
      cron,
      checks,
    }),
    source: fault.source,
  }))
}

export function faultTemplates(
  workflow: Field,
): { name: string; kind: string; fault: Field; deadline: string | null }[] {
  return workflow
    .get('templates')
    .items()
    .flatMap((template) => {
      const type = template.get('templateType').text() ?? template.get('type').text()
      // A template may hold a schedule of faults.
      const holder = type === 'Schedule' ? template.get('schedule') : template
      const kind = (type === 'Schedule' ? holder.get('type').text() : type) ?? ''
      const fault = isFaultKind(kind) ? faultBelow(holder, kind) : null
      if (fault === null) return []
      const deadline = template.get('deadline').text()
      return [{ name: template.get('name').text() ?? kind, kind, fault, deadline }]
    })
}

function kindBelow(spec: Field): string | null {
  const kinds = spec.entries().map(([key]) => key[0]!.toUpperCase() + key.slice(1))
  return kinds.find(isFaultKind) ?? null
}

interface Plan {
  id: string
  title: string
  spec: FaultSpec
  cron: string | null
  checks: StatusChecks
}

function definition(object: Field, identity: Identity, { id, title, spec, cron, checks }: Plan): Experiment {
  const conditions: Condition[] = checks.checks.flatMap(conditionOf)
  const isPaused = identity.annotations[PAUSE] === 'true'
  return {
    fact: 'experiment',
    recordedBy: 'chaos-mesh',
    source: object.source,
    id,
    title,
    hypothesis: declaredIn(identity, 'hypothesis'),
    target: spec.target,
    ...(spec.between && { between: spec.between }),
    fault: spec.fault,
    environment: declaredIn(identity, 'environment', 'env'),
    owner: declaredIn(identity, 'owner', 'team'),
    cadenceDays: cron === null || isPaused ? null : daysBetweenRuns(cron),
    cadence: cron === null ? null : isPaused ? `${cron}, paused` : cron,
    requirements: [],
    parts: {
      hypothesis: checks.checks.length > 0 || declaredIn(identity, 'hypothesis') !== null,
      baseline: checks.checks.length > 0,
      blastRadius: spec.scoped,
      injection: true,
      observation: checks.duringFaults,
      abort: checks.aborts,
      rollback: spec.endsByItself,
    },
    steadyState: conditions,
    passCriteria: conditions,
    covers: [],
    commands: [],
  }
}
