/** Functions that answer a failed call instead of throwing: `{ success: false }`, `{ data, error }`, `[response, error]`. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { wholeFailure } from './library-failures.js'
import { reachesCatch } from '../reach/reaches-catch.js'
import { failureBranches, namedMember, type Member } from './failure-variables.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { callsIn } from '../../syntax/noted-nodes.js'
import { bare, enclosingFunction, symbolOf, textOf, ts, type TS } from '../../syntax/syntax.js'
import { isTelemetry } from '../../effects/telemetry.js'
import { isWrite } from '../../effects/writes.js'

export interface FailingAnswer {
  /** What is answered, and the call that failed. */
  at: TS.ReturnStatement
  call: OutboundCall
  /** Where the failure stands in the answer; null where a flag says no more than that there was one. */
  member: Member | null
}

/** By the function. */
export function failingAnswers(survey: Survey): Map<TS.FunctionLikeDeclaration, FailingAnswer> {
  const found = new Map<TS.FunctionLikeDeclaration, FailingAnswer>()
  const note = (at: TS.ReturnStatement | null, call: OutboundCall, failure: string | null): void => {
    const owner = at && enclosingFunction(at)
    if (!owner || codeWords().bestEffort.test(symbolOf(at))) return
    // That a write failed says more than that a read before it did.
    const before = found.get(owner)
    if (before && (isWrite(before.call) || !isWrite(call))) return
    const member = saysFailed(at.expression!, failure)
    if (member !== undefined) found.set(owner, { at, call, member })
  }
  for (const call of answeringCalls(survey))
    for (const { name, branch } of failureBranches(failureOf(call))) note(returnAtEnd(branch), call, name)
  for (const { catches } of survey.files)
    for (const clause of catches) {
      const last = returnAtEnd(clause.block)
      const call = last && callIn(survey, clause.parent.tryBlock)
      if (call) note(last, call, clause.variableDeclaration?.name.getText() ?? null)
    }
  return found
}

/** Of libraries that throw nothing that the other side refuses. */
export function answeringCalls(survey: Survey): OutboundCall[] {
  return survey.outbound.filter((call) => wholeFailure(call) !== null && !isTelemetry(call, survey))
}

/** The variable that takes the failure out of the answer. */
export function failureOf(call: OutboundCall): TS.Identifier | null {
  const whole = wholeFailure(call)
  return whole && namedMember(whole.answer, whole.facts.members[0]!)
}

/** The first that is waited for. Whoever does not look at what is answered calls for what is done, whatever that is called. */
function callIn(survey: Survey, block: TS.Block): OutboundCall | null {
  const asked = callsIn(block).find((at) => {
    const call = survey.outboundAt(at)
    const isKept = call === null || call.client.library.protocol === 'cache' || isTelemetry(call, survey)
    return !isKept && reachesCatch(survey, at, call, block)
  })
  return asked ? survey.outboundAt(asked) : null
}

function returnAtEnd(branch: TS.Statement): TS.ReturnStatement | null {
  const last = ts.isBlock(branch) ? branch.statements.at(-1) : branch
  return last && ts.isReturnStatement(last) && last.expression ? last : null
}

/** Undefined where the answer says nothing of a failure. */
function saysFailed(answer: TS.Expression, failure: string | null): Member | null | undefined {
  const node = bare(answer)
  if (ts.isArrayLiteralExpression(node)) {
    const place = node.elements.findIndex((one) => ts.isIdentifier(one) && one.text === failure)
    return place < 0 ? undefined : place
  }
  if (!ts.isObjectLiteralExpression(node)) return undefined
  const isNamed = node.properties.some(({ name }) => name && textOf(name) === 'error')
  if (isNamed) return 'error'
  return node.properties.some(saysNo) ? null : undefined
}

/** `success: false`. */
function saysNo(property: TS.ObjectLiteralElementLike): boolean {
  return (
    ts.isPropertyAssignment(property) &&
    codeWords().statusMembers.test(textOf(property.name)) &&
    property.initializer.kind === ts.SyntaxKind.FalseKeyword
  )
}
