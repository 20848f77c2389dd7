/** Experiment definitions and runs as subjects. */
import type { Run } from '../../facts/experiment.js'
import { EXPERIMENT_PARTS, experimentActions } from '../../knowledge/experiment-actions.js'
import type { Model } from '../../system/model.js'
import type { ProgrammeEntry } from '../../system/programme.js'
import type { Subject } from '../subject.js'
import { isUnscoped } from './unscoped-commands.js'

export function experimentSubjects(model: Model): Subject[] {
  return [
    ...model.programme.map((entry) => experimentSubject(entry, model)),
    ...model.runs.map((run) => runSubject(run, model)),
  ]
}

function experimentSubject({ experiment, runs, state, due, lastRun }: ProgrammeEntry, model: Model): Subject {
  const target = model.system.named(experiment.target)
  const { frame, unscoped } = experimentActions()
  const { id, title, fault, environment, owner, cadence, parts, commands } = experiment
  return {
    kind: 'experiment',
    identity: id,
    label: `experiment ${id}`,
    component: target?.id ?? null,
    source: experiment.source,
    at: {},
    ignores: {},
    fields: {
      id,
      title,
      target: experiment.target,
      fault,
      environment,
      owner,
      cadence,
      state,
      due: due?.slice(0, 10) ?? null,
      lastRun: lastRun?.slice(0, 10) ?? null,
      runs: runs.length,
      parts: { ...parts },
      missingFrame: EXPERIMENT_PARTS.flatMap((part) => (parts[part] ? [] : (frame[part] ?? []))),
      steadyState: experiment.steadyState.length,
      passCriteria: experiment.passCriteria.length,
      unscopedCommands: commands.map(({ text }) => text).filter((text) => isUnscoped(text, unscoped)),
      targetFound: target !== undefined,
      anyComponents: model.system.components.length > 0,
    },
  }
}

function runSubject(run: Run, model: Model): Subject {
  const { id, experiment, grade, verdict, environment, reasons, baselineMet, faultVerified, load } = run
  return {
    kind: 'run',
    identity: id,
    label: `run ${id}`,
    component: model.system.named(run.target)?.id ?? null,
    source: run.source,
    at: {},
    ignores: {},
    fields: {
      id,
      experiment,
      grade,
      verdict,
      environment,
      reasons,
      baselineMet,
      faultVerified,
      load,
      rolledBack: run.rolledBack,
      stoppable: run.stoppable ?? null,
      recoveryKind: run.recovery.kind,
      recoverySeconds: run.recovery.seconds,
      recoveryAtLeast: run.recovery.low,
      recoveryAtMost: run.recovery.high,
      objectiveSeconds: model.configuration.objectives.recoverySeconds ?? null,
    },
  }
}
