/** How a logged run was carried out, as far as the log states it. */
import type { Conduct } from '../../../facts/experiment.js'
import { formatInstant, parseInstant } from '../../../facts/instants.js'
import { measuresOf, shareOf } from '../../own-fields.js'
import type { LoggedRun } from './schema.js'

export function conductOf(run: LoggedRun): Conduct {
  const { gameDay } = run
  return {
    parameters: measuresOf(run.parameters ?? {}),
    targets: run.targets ?? null,
    approvedBy: run.approvedBy?.map(String) ?? null,
    observers: run.observers?.map(String) ?? null,
    preconditions: run.preconditions ?? {},
    errorBudget: run.errorBudget === undefined ? null : shareOf(run.errorBudget),
    readings: (run.samples ?? []).flatMap(({ at, values }) =>
      values ? [{ at: formatInstant(parseInstant(at)!), values }] : [],
    ),
    gameDay: gameDay
      ? {
          name: String(gameDay.name),
          objective: gameDay.objective ?? null,
          findings: gameDay.findings ?? [],
        }
      : null,
  }
}
