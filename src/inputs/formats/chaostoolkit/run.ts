/** A journal as a graded run. */
import type { Conduct, Run } from '../../../facts/experiment.js'
import { formatInstant } from '../../../facts/instants.js'
import { parseMeasure } from '../../../facts/measure.js'
import { experimentActions } from '../../../knowledge/experiment-actions.js'
import { recoveryPolicy } from '../../../knowledge/recovery-policy.js'
import { boundsOf } from '../../../recovery/sampled-recovery.js'
import type { InputFile } from '../../format.js'
import { type Activity, refusalOf } from './activity.js'
import { declared } from './declarations.js'
import { gradeOf, verdictOf } from './grading.js'
import { type Injection, injectionOf } from './injection.js'
import { type Journal, readJournal } from './journal.js'
import { recoveryOf } from './recovery.js'
import { faultOf } from './roles.js'
import { targetOf } from './target.js'
import type { Fields } from './values.js'

export function readRun(file: InputFile, document: Fields): Run {
  const journal = readJournal(document)
  const words = experimentActions()
  const injection = injectionOf(journal, words)
  const { grade, reasons } = gradeOf(journal, injection, words)
  const activities = injection.actions.map(({ activity }) => activity)
  const unusable = grade === 'invalid' ? 'the run is invalid' : null
  return {
    fact: 'run',
    source: { path: file.path, line: 1, column: 1, endLine: 1, pointer: '$' },
    id: `chaostoolkit-${file.sha256.slice(0, 12)}`,
    isExport: true,
    experiment: journal.title,
    tags: journal.tags,
    format: 'chaostoolkit',
    startedAt: journal.start === null ? null : formatInstant(journal.start),
    endedAt: journal.end === null ? null : formatInstant(journal.end),
    environment: declared('environment', journal.tags, journal.configuration),
    target:
      activities
        .map((activity) => targetOf(activity, journal.configuration, words))
        .find((target) => target !== null) ?? null,
    fault: activities.map(faultOf).find((fault) => fault !== null) ?? null,
    verdict: verdictOf(journal),
    grade,
    reasons,
    faultStart: boundsOf(injection.onset),
    faultEnd: boundsOf(injection.removal),
    baselineMet: journal.before?.met ?? null,
    faultVerified: journal.dry || journal.run.length === 0 ? false : injection.verified,
    load: injection.load ? true : null,
    rolledBack: rolledBack(journal, injection),
    recovery: recoveryOf(journal, injection, unusable, recoveryPolicy()),
    mechanism: null,
    metrics: [],
    alerts: [],
    covers: [],
    notes: null,
    conduct: conductOf(activities),
  }
}

/** Of how it was carried out a journal has only the arguments that injecting actions were given. */
function conductOf(injecting: Activity[]): Conduct {
  return {
    parameters: injecting.flatMap((action) =>
      Object.entries(action.arguments).flatMap(([name, written]) => {
        const value = parseMeasure(written)
        return value === null ? [] : { name, value }
      }),
    ),
    targets: null,
    approvedBy: null,
    observers: null,
    preconditions: {},
    errorBudget: null,
    readings: [],
    gameDay: null,
  }
}

/** Null when there was nothing to roll back. */
function rolledBack(
  { declaredRollbacks, rollbacks }: Journal,
  { nothingInjected }: Injection,
): boolean | null {
  if (declaredRollbacks.length === 0 || nothingInjected) return null
  return (
    rollbacks.length >= declaredRollbacks.length &&
    rollbacks.every((run) => run.succeeded === true && refusalOf(run) === null)
  )
}
