/** Experiment definitions and runs as subjects. */
import type { Experiment, Run } from '../../facts/experiment.js'
import { dangerousCommands } from '../../knowledge/safety/dangerous-commands.js'
import { EXPERIMENT_PARTS, experimentActions } from '../../knowledge/experiment-actions.js'
import type { Model } from '../../system/model.js'
import { BaselinesAgain } from '../../system/baseline-again.js'
import type { ProgrammeEntry } from '../../system/programme.js'
import { plannedBreaches } from '../../system/safety/limits.js'
import { plannedInWindows } from '../../system/safety/planned-times.js'
import { rhythmOf } from '../../facts/schedule-calendar.js'
import { policiesFor } from '../../system/safety/environment-policies.js'
import type { Subject } from '../subject.js'
import { areComponentsKnown } from './known-components.js'
import { hostWideSteps, injecting, lastingSteps, shorten, undecidedFault } from './dangerous-steps.js'
import { isUnscoped } from './unscoped-commands.js'

export function experimentSubjects(model: Model): Subject[] {
  const baselines = new BaselinesAgain(model.runs)
  return [
    ...model.programme.map((entry) => experimentSubject(entry, model)),
    ...model.runs.map((run) => runSubject(run, baselines, model)),
  ]
}

function experimentSubject(entry: ProgrammeEntry, model: Model): Subject {
  const { experiment, runs, state, unknown, due, lastRun, lastCounted } = entry
  const target = model.system.named(experiment.target)
  const { frame, unscoped } = experimentActions()
  const { id, title, fault, environment, owner, cadence, parts, noPlaceFor = [] } = experiment
  const hasPlace = (part: keyof typeof parts): boolean => !noPlaceFor.includes(part)
  const missing = EXPERIMENT_PARTS.filter((part) => !parts[part])
  const framed = (wanted: typeof missing): string[] => wanted.flatMap((part) => frame[part] ?? [])
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
      unrecorded: unknown,
      due: due?.slice(0, 10) ?? null,
      lastRun: lastRun?.slice(0, 10) ?? null,
      lastCounted: lastCounted?.slice(0, 10) ?? null,
      runs: runs.length,
      parts: { ...parts },
      statable: Object.fromEntries(EXPERIMENT_PARTS.map((part) => [part, hasPlace(part)])),
      momentary: experiment.isMomentary ?? false,
      missingFrame: framed(missing.filter(hasPlace)),
      frameElsewhere: framed(missing.filter((part) => !hasPlace(part))),
      steadyState: experiment.steadyState.length,
      passCriteria: experiment.passCriteria.length,
      unscopedCommands: injecting(experiment)
        .map(({ text }) => text)
        .filter((text) => isUnscoped(text, unscoped)),
      steps: injecting(experiment).length,
      hostWideSteps: hostWideSteps(experiment, dangerousCommands()),
      lastingSteps: lastingSteps(experiment, dangerousCommands()),
      undecidedFault: undecidedFault(experiment, dangerousCommands()),
      ...plannedFields(experiment, model),
      ...cadenceFields(entry),
      targetFound: target !== undefined,
      targetDoubt: experiment.targetDoubt ?? null,
      componentsKnown: areComponentsKnown(model),
    },
  }
}

/** What the definition would breach of the policies of its environments. */
function plannedFields(experiment: Experiment, { safety, asOf }: Model): object {
  const schedules = experiment.plan?.schedules ?? []
  const policies = policiesFor(experiment.environment, safety.policies)
  const parameters = experiment.plan?.parameters ?? []
  return {
    limited: policies.some(({ limits }) => limits.some(({ fault }) => fault === experiment.fault)),
    plannedBreaches: plannedBreaches(experiment.fault, parameters, policies),
    windowed: schedules.some(
      ({ every, environment }) =>
        rhythmOf(every)?.kind === 'times' &&
        policiesFor(environment ?? experiment.environment, safety.policies).some(
          ({ forbiddenWindows }) => forbiddenWindows.length > 0,
        ),
    ),
    plannedInWindows: plannedInWindows(experiment, safety.policies, asOf),
  }
}

function cadenceFields({ schedules }: ProgrammeEntry): object {
  const counted = schedules.filter(({ expected }) => expected !== null)
  const sum = (key: 'expected' | 'kept'): number => counted.reduce((sum, one) => sum + (one[key] ?? 0), 0)
  return {
    scheduled: schedules.length > 0,
    expected: counted.length === 0 ? null : sum('expected'),
    kept: counted.length === 0 ? null : sum('kept'),
    short: counted.flatMap(({ every, environment, expected, kept, countedFrom, shortMonths }) =>
      kept === expected
        ? []
        : [
            `${every}${environment === null ? '' : ` in ${environment}`}: ${kept} of ${expected} since ${countedFrom?.slice(0, 10)}` +
              (shortMonths.length === 0
                ? ''
                : ` (${shortMonths.map((one) => `${one.month} ${one.kept} of ${one.expected}`).join(', ')})`),
          ],
    ),
  }
}

function runSubject(run: Run, baselines: BaselinesAgain, model: Model): Subject {
  const { id, experiment, grade, verdict, environment, reasons, baselineMet, faultVerified, load } = run
  const again = run.rolledBack === false ? baselines.after(run) : null
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
      baselineAgain: again && `${again.id} found the baseline on ${again.startedAt?.slice(0, 10)}`,
      notes: run.notes === null ? null : shorten(run.notes.replace(/\.$/, '')),
      stoppable: run.stoppable ?? null,
      recoveryKind: run.recovery.kind,
      recoverySeconds: run.recovery.seconds,
      recoveryAtLeast: run.recovery.low,
      recoveryAtMost: run.recovery.high,
      objectiveSeconds: model.configuration.objectives.recoverySeconds ?? null,
      ...(model.safety.runs.get(id) ?? {}),
    },
  }
}
