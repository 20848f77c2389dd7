/** A ChaosEngine as definitions: one for each of its experiments. */
import { daysBetweenRuns } from '../../../facts/cron.js'
import type { Experiment } from '../../../facts/experiment.js'
import { chaosObjects } from '../../../knowledge/chaos-objects.js'
import { faultVocabulary, normaliseFault } from '../../../knowledge/faults.js'
import { declaredIn, identityOf } from '../../chaos-objects.js'
import type { Field } from '../../field.js'
import { BEFORE, DURING, type Probe, probesOf } from './probes.js'
import { targetOf } from './target.js'
import type { Embedded } from './workflow.js'
import { written } from './written.js'

export function definitionsOfEngine(engine: Field, workflow: Embedded['workflow']): Experiment[] {
  const experiments = engine.get('spec', 'experiments').items()
  const { name } = identityOf(engine)
  return experiments.map((experiment) => {
    const fault = experiment.get('name').text() ?? 'unnamed'
    // An engine inside of a workflow has a name only when it runs.
    const owner = workflow?.name ?? name
    return definitionOf(engine, experiment, fault, `${owner}/${fault}`, workflow)
  })
}

/** The variables of an experiment that have a value. */
export function variablesOf(experiment: Field): Map<string, string> {
  return new Map(
    experiment
      .get('spec', 'components', 'env')
      .items()
      .flatMap((variable): [string, string][] => {
        const [name, value] = [variable.get('name').text(), written(variable.get('value'))]
        return name === null || value === null ? [] : [[name, value]]
      }),
  )
}

function definitionOf(
  engine: Field,
  experiment: Field,
  fault: string,
  id: string,
  workflow: Embedded['workflow'],
): Experiment {
  const identity = identityOf(engine)
  const probes = probesOf(experiment)
  const variables = variablesOf(experiment)
  const { target, scoped } = targetOf(engine, variables)
  const cron = workflow?.cron ?? null
  const conditions = probes.flatMap((probe) => probe.conditions)
  const inMode = (modes: string[]): boolean => probes.some(({ mode }) => modes.includes(mode))
  return {
    fact: 'experiment',
    recordedBy: 'litmus',
    source: experiment.source,
    id,
    title: `${fault} by the engine ${workflow?.name ?? identity.name}`,
    hypothesis: hypothesisOf(probes),
    target,
    fault: normaliseFault(fault, faultVocabulary()),
    environment: declaredIn(identity, 'environment', 'env'),
    owner: declaredIn(identity, 'owner', 'team'),
    cadenceDays: cron === null ? null : daysBetweenRuns(cron),
    cadence: cron,
    requirements: [],
    parts: {
      hypothesis: probes.length > 0,
      baseline: inMode(BEFORE),
      blastRadius: scoped,
      injection: true,
      observation: inMode(DURING),
      abort: probes.some(({ stops }) => stops),
      rollback: endsByItself(experiment, variables),
    },
    steadyState: conditions,
    passCriteria: conditions,
    covers: [],
    commands: [],
  }
}

function hypothesisOf(probes: Probe[]): string | null {
  return probes.length === 0 ? null : `these hold: ${probes.map(({ name }) => name).join(', ')}`
}

/** Litmus takes every fault away when its time is over: the one written here, else the default of the fault. */
function endsByItself(experiment: Field, variables: Map<string, string>): boolean {
  const { duration } = chaosObjects().litmus
  const written = variables.get(duration)
  if (written === undefined || Number(written) > 0) return true
  experiment.problem(`${duration} is "${written}": write a number of seconds above 0`)
  return false
}
