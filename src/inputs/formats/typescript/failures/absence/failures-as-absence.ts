/** Reads whose failure is a member of what they answer, where whoever finds nothing says that it does not exist. */
import type { Practice } from '../../../../../facts/code.js'
import { mayLookAtAnswers } from '../../clients/response-hooks.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { isOneOf, wholeFailure } from '../answers/library-failures.js'
import { readingsOf, type ReadMember } from '../answers/member-reads.js'
import { saysMissing } from './failures-as-answers.js'
import { practice } from '../../survey/practice.js'
import { nameOfCall, type OutboundCall, type Survey } from '../../survey/survey.js'
import { isNothing } from '../../syntax/scope.js'
import { sourceOf, ts, type TS } from '../../syntax/syntax.js'
import { isTelemetry } from '../../effects/telemetry.js'
import { isWrite } from '../../effects/writes.js'

export function failuresAsAbsence(survey: Survey): Practice[] {
  return survey.outbound.flatMap((call) => {
    const whole = isWrite(call) || isTelemetry(call, survey) ? null : wholeFailure(call)
    if (!whole || mayLookAtAnswers(call, survey)) return []
    return readingsOf(survey, whole.answer)
      .filter(
        ({ members }) =>
          readsOneOnly(members) && !members.some(({ name }) => isOneOf(whole.facts.members, name)),
      )
      .flatMap(({ members }) => members.flatMap(({ uses }) => uses))
      .flatMap((use) => refused(survey, call, use))
  })
}

/** Whoever takes more of the answer may tell a failure by that: `{ data, status }`. */
function readsOneOnly(members: readonly ReadMember[]): boolean {
  return new Set(members.map(({ name }) => name)).size === 1
}

/** A status of 500 or above says that it could not be told. */
function saysUnavailable(text: string): boolean {
  return codeWords().answersUnavailable.test(text)
}

function refused(survey: Survey, call: OutboundCall, use: TS.Expression): Practice[] {
  const refusal = refusalBy(use)
  if (!refusal) return []
  const detail = `A failure of ${nameOfCall(call)} is answered, and nobody looks at it: after a timeout, too, something counts as not there`
  const related = [{ source: sourceOf(call.node), message: 'the call that may fail' }]
  return [practice(survey, refusal, 'failure-as-answer', 'absent', detail, null, related)]
}

/** `if (!data) return response.status(404)`, `if (data === null) throw new NotFoundError()` */
function refusalBy(use: TS.Expression): TS.IfStatement | null {
  let asked: TS.Node = isAskedForNothing(use) ? use.parent : use
  if (asked === use) return null
  while (ts.isBinaryExpression(asked.parent) && isOr(asked.parent)) asked = asked.parent
  const { parent } = asked
  const isRefusal =
    ts.isIfStatement(parent) && parent.expression === asked && saysOnlyMissing(parent.thenStatement.getText())
  return isRefusal ? parent : null
}

const saysOnlyMissing = (text: string): boolean => saysMissing(text) && !saysUnavailable(text)

function isAskedForNothing({ parent }: TS.Expression): boolean {
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken
  return ts.isBinaryExpression(parent) && isEqual(parent) && isNothing(parent.right)
}

function isEqual({ operatorToken: { kind } }: TS.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsEqualsToken
}

const isOr = ({ operatorToken }: TS.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.BarBarToken
