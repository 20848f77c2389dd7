/** The programme as a review board reads it: traceability, effort, how often it ran, game days, safety of the runs. */
import type { Result } from '../result.js'
import { decimal, moment, shortDay } from './figures.js'
import { cut } from './lists.js'
import type { Names, Reference } from './names.js'

const ROWS = 100

export function viewProgramme(result: Result, names: Names) {
  const { requirements, withoutRequirement, effort, gameDays, policies, assumedEnds } = result.programme
  const view = {
    requirements: cut(
      requirements.map((requirement) => ({
        id: requirement.id,
        title: requirement.title,
        state: requirement.state,
        scenarios: requirement.scenarios.map(({ experiment, runs, newestValid }) => ({
          ...experimentNamed(experiment, names),
          runs,
          newest: newestValid && { run: runNamed(newestValid.run, names), verdict: newestValid.verdict },
        })),
      })),
      ROWS,
    ),
    withoutRequirement: withoutRequirement.map((id) => experimentNamed(id, names)),
    effort: effort.map((row) => ({ ...row, low: decimal(row.low, 2), high: decimal(row.high, 2) })),
    schedules: cut(viewSchedules(result, names), ROWS),
    gameDays: cut(
      gameDays.map((day) => ({
        ...day,
        from: moment(day.from),
        runs: day.runs.map((id) => runNamed(id, names)),
      })),
      ROWS,
    ),
    safety: viewSafety(result),
    assumedEnds,
    breaches: cut(viewBreaches(result, names), ROWS),
    policies: policies.map(({ environment }) =>
      environment === '*' ? 'any other environment' : environment,
    ),
  }
  const parts = [view.requirements.shown, view.effort, view.schedules.shown, view.gameDays.shown, view.safety]
  return parts.some((part) => part.length > 0) ? view : null
}

function viewSchedules(result: Result, names: Names) {
  return result.experiments.flatMap(({ id, schedules }) =>
    schedules.map((schedule) => ({
      ...experimentNamed(id, names),
      every: schedule.every,
      zone: schedule.zone === 'UTC' ? null : schedule.zone,
      environment: schedule.environment,
      state: schedule.state,
      counted: schedule.expected !== null,
      expected: schedule.expected,
      kept: schedule.kept,
      countedFrom: shortDay(schedule.countedFrom),
      countedBy: schedule.countedBy,
      lastRun: shortDay(schedule.lastRun),
      due: shortDay(schedule.due),
      shortMonths: schedule.shortMonths,
    })),
  )
}

/** Checks of how runs were carried out, by rule: all runs together. */
function viewSafety({ runs, rules }: Result) {
  const asked = new Set(runs.flatMap(({ safety }) => safety.map(({ rule }) => rule)))
  return rules
    .filter(({ id }) => asked.has(id))
    .map(({ title, pass, fail, unknown }) => ({ title, pass, fail, unknown }))
}

function viewBreaches({ runs }: Result, names: Names) {
  return runs.flatMap(({ id, environment, safety }) =>
    safety
      .filter(({ outcome }) => outcome === 'fail')
      .map(({ message }) => ({ run: runNamed(id, names), environment, message })),
  )
}

function experimentNamed(id: string, names: Names): Reference {
  return names.experiment(id) ?? { id, anchor: '', title: id }
}

function runNamed(id: string, names: Names): Reference {
  return names.run(id) ?? { id, anchor: '', title: id }
}
