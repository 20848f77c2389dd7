/** Locks of one process around changes of what all instances share: every instance has a lock of its own. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { processLockOf, sharedGuardIn } from './job-locks.js'
import { functionOf, practice } from '../survey/practice.js'
import { isInJob } from './scheduled-jobs.js'
import type { Survey } from '../survey/survey.js'
import { enclosingFunction, sourceOf, type TS } from '../syntax/syntax.js'
import { isRepeatable, isWrite } from '../effects/writes.js'

const PATTERN = 'process-lock'

export function processLocks(survey: Survey): Practice[] {
  return survey.callsNamed(codeWords().locks).flatMap((call) => lockAt(survey, call))
}

/** A job that runs by the clock is judged as one, lock and all. */
function lockAt(survey: Survey, call: TS.CallExpression): Practice[] {
  const module = processLockOf(survey, call)
  const guarded = module === null ? null : guardedBy(survey, call)
  if (!guarded || isInJob(survey, call)) return []
  const work = survey.callsFrom(guarded).find((reached) => isWrite(reached) && !isRepeatable(reached))
  if (!work) return []
  const what = `\`${work.method}\` of ${work.client.library.title}`
  const related = [{ source: sourceOf(work.node), message: 'what is changed under the lock' }]
  const shared = sharedGuardIn(survey, guarded)
  return [
    shared
      ? practice(
          survey,
          call,
          PATTERN,
          'present',
          `${shared.detail}, beside an in-process lock`,
          null,
          related,
        )
      : practice(
          survey,
          call,
          PATTERN,
          'absent',
          `A lock of ${module} guards ${what}, and holds in one process only`,
          null,
          related,
        ),
  ]
}

/** The function that is given, else the one that the lock is taken in. */
function guardedBy(survey: Survey, call: TS.CallExpression): TS.Node | null {
  const given = call.arguments.map((argument) => functionOf(survey, argument)).find((found) => found !== null)
  return (given ?? enclosingFunction(call))?.body ?? null
}
