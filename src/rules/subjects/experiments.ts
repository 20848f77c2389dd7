/** Experiment definitions and runs as subjects. */
import type { Experiment } from '../../facts/experiment.js'
import type { Model } from '../../system/model.js'
import type { Subject } from '../subject.js'

/** What makes a result mean something; the means to stop and undo it are asked for by rules of their own. */
const FRAME = [
  { part: 'hypothesis', words: 'a hypothesis' },
  { part: 'baseline', words: 'a baseline' },
  { part: 'blastRadius', words: 'a blast radius' },
  { part: 'injection', words: 'an injection' },
  { part: 'observation', words: 'an observation' },
] as const

export function experimentSubjects(model: Model): Subject[] {
  const objectiveSeconds = model.configuration.objectives.recoverySeconds ?? null
  return [
    ...model.programme.map(({ experiment, runs, state, due, lastRun }): Subject => {
      const target = model.system.named(experiment.target)
      const parts = { ...experiment.parts }
      return {
        kind: 'experiment',
        identity: experiment.id,
        label: `experiment ${experiment.id}`,
        component: target?.id ?? null,
        source: experiment.source,
        at: {},
        ignores: {},
        fields: {
          id: experiment.id,
          title: experiment.title,
          target: experiment.target,
          fault: experiment.fault,
          environment: experiment.environment,
          owner: experiment.owner,
          cadence: experiment.cadence,
          state,
          due: due?.slice(0, 10) ?? null,
          lastRun: lastRun?.slice(0, 10) ?? null,
          runs: runs.length,
          parts,
          missingFrame: FRAME.filter(({ part }) => !parts[part]).map(({ words }) => words),
          steadyState: experiment.steadyState.length,
          passCriteria: experiment.passCriteria.length,
          unscopedCommands: unscopedCommands(experiment),
          targetFound: target !== undefined,
          anyComponents: model.system.components.length > 0,
        },
      }
    }),
    ...model.runs.map((run): Subject => ({
      kind: 'run',
      identity: run.id,
      label: `run ${run.id}`,
      component: model.system.named(run.target)?.id ?? null,
      source: run.source,
      at: {},
      ignores: {},
      fields: {
        id: run.id,
        experiment: run.experiment,
        grade: run.grade,
        verdict: run.verdict,
        environment: run.environment,
        reasons: run.reasons,
        baselineMet: run.baselineMet,
        faultVerified: run.faultVerified,
        load: run.load,
        rolledBack: run.rolledBack,
        recoveryKind: run.recovery.kind,
        recoverySeconds: run.recovery.seconds,
        recoveryAtLeast: run.recovery.low,
        recoveryAtMost: run.recovery.high,
        objectiveSeconds,
      },
    })),
  ]
}

/**
 * `kubectl delete` or `scale` of everything that a label selects. A pipe into `head` trims the output, not the deletion.
 */
function unscopedCommands(experiment: Experiment): string[] {
  return experiment.commands
    .map((command) => command.text)
    .filter((text) =>
      /\bkubectl\s+(?:[^|;&]*\s)?delete\s+(?:pods?|po|deploy\S*|statefulsets?)\b[^|;&]*\s(?:-l|--selector|--all)\b/.test(
        text,
      ),
    )
}
