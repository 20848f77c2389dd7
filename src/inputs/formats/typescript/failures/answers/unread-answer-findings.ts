/** What is said of an answer whose failure nobody looks at, and which calls may be lost. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { isOneOf } from './library-failures.js'
import type { Reading } from './member-reads.js'
import { isCompensation } from '../reach/compensations.js'
import type { FailingAnswer } from './answering-functions.js'
import { showsAbsence } from './noticed-absence.js'
import { justificationOf } from '../../syntax/catch-clauses.js'
import { practice } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { enclosingFunction, sourceOf, symbolOf, ts, type TS } from '../../syntax/syntax.js'

const PATTERN = 'swallowed-error'

/** Only what stands beside the failure is read, and that there is nothing would not be noticed. */
export function readsBesideOnly(survey: Survey, { members }: Reading, failures: string[]): boolean {
  const isSeen = members.some(
    ({ name, uses, isTakenApart }) =>
      isOneOf(failures, name) || isTakenApart || uses.some((use) => showsAbsence(survey, use)),
  )
  return members.length > 0 && !isSeen
}

export function ignoredAt(
  survey: Survey,
  call: TS.CallExpression,
  failure: string,
  fate: 'dropped' | 'only logged',
  answer?: FailingAnswer,
): Practice[] {
  if (isLeftAlone(call, fate) || isCompensation(survey, call)) return []
  const related = answer ? [{ source: sourceOf(answer.at), message: 'the failure is returned' }] : []
  const justification = justificationOf(call)
  if (justification !== null) {
    const reason = `it is ${fate}, and the code says: “${justification}”; may this call be lost?`
    return [practice(survey, call, PATTERN, 'unknown', `${failure} is ${fate}`, reason, related)]
  }
  const detail = `${failure} is ${fate}: nothing is thrown, and the code continues as if it had succeeded`
  return [practice(survey, call, PATTERN, 'absent', detail, null, related)]
}

/** By its name, or as one of a list whose others are to go on. */
function isLeftAlone(call: TS.CallExpression, fate: 'dropped' | 'only logged'): boolean {
  const { bestEffort, showsPresence } = codeWords()
  if (bestEffort.test(symbolOf(call)) || bestEffort.test(call.expression.getText())) return true
  if (showsPresence.test(symbolOf(call))) return true
  return fate === 'only logged' && isOfItem(call)
}

function isOfItem(call: TS.Node): boolean {
  const owner = enclosingFunction(call)
  for (let at = call.parent; at && at !== owner; at = at.parent) if (ts.isForOfStatement(at)) return true
  return false
}
