/** Failures that are answered instead of thrown, and that whoever waits for the answer does not look at, or only logs. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { fateOf, namedMember, type Member } from './failure-variables.js'
import { readingsOf } from './member-reads.js'
import { ignoredAt, readsBesideOnly } from './unread-answer-findings.js'
import { useOf, useOfAnswers, wholeChain } from '../reach/uses-at-callers.js'
import { answeringCalls, failingAnswers, failureOf, type FailingAnswer } from './answering-functions.js'
import { callersOf } from '../../survey/named-callers.js'
import { functionOf } from '../../survey/practice.js'
import { nameOfCall, type Survey } from '../../survey/survey.js'
import { isWrite } from '../../effects/writes.js'
import { ownThrowsIn } from '../../syntax/noted-nodes.js'
import { bare, calleeName, functionName, isFunction, some, ts, type TS } from '../../syntax/syntax.js'

export function unreadFunctionFailures(survey: Survey): Practice[] {
  const ofLibraries = answeringCalls(survey)
    .filter((call) => isWrite(call))
    .flatMap((call) => ofMember(survey, call.node, failureOf(call), `A failure of ${nameOfCall(call)}`))
  const ofProject = [...failingAnswers(survey)].flatMap(([owner, answer]) => ofOwn(survey, owner, answer))
  return [...ofLibraries, ...ofProject]
}

/** Of a function of the project: some callers look at what it answers, others wait for it and do not. */
function ofOwn(survey: Survey, owner: TS.FunctionLikeDeclaration, answer: FailingAnswer): Practice[] {
  const name = functionName(owner)
  const { answersQuestion, bestEffort } = codeWords()
  if (name === '' || bestEffort.test(name) || answersQuestion.test(name)) return []
  const failure = `A failure of \`${name}\`, which returns that ${nameOfCall(answer.call)} failed,`
  const { member } = answer
  const callers = [...callersOf(owner, survey), ...wrappedCallsOf(survey, owner, name)]
  // What none of them looks at is told where it is caught.
  const isToldThere = ts.isBlock(answer.at.parent) && ts.isCatchClause(answer.at.parent.parent)
  const isAllIgnored = isToldThere && useOfAnswers(survey, owner) === 'ignored'
  return callers.flatMap((call) => {
    if (member !== null) {
      const found = isWrite(answer.call)
        ? ofMember(survey, call, namedMember(call, member), failure, answer)
        : []
      if (found.length > 0) return found
      if (isWrite(answer.call) && isReadBeside(survey, call, member))
        return ignoredAt(survey, call, failure, 'dropped', answer)
    }
    if (isAllIgnored || useOf(survey, wholeChain(call)) !== 'ignored') return []
    return ignoredAt(survey, call, failure, 'dropped', answer)
  })
}

/** `const { data } = await save(order)` of a function that answers `{ data, error }`. */
function isReadBeside(survey: Survey, call: TS.CallExpression, member: Member): boolean {
  const [reading, other] = readingsOf(survey, call)
  return (
    typeof member === 'string' &&
    reading !== undefined &&
    other === undefined &&
    readsBesideOnly(survey, reading, [member])
  )
}

function ofMember(
  survey: Survey,
  call: TS.CallExpression,
  variable: TS.Identifier | null,
  failure: string,
  answer?: FailingAnswer,
): Practice[] {
  const fate = variable && fateOf(variable, (logged) => throwsItself(survey, logged))
  return fate ? ignoredAt(survey, call, failure, fate, answer) : []
}

/** A function of the project that is named like a log, and throws. */
function throwsItself(survey: Survey, call: TS.CallExpression): boolean {
  return survey.calledBy(call).some(({ body }) => ownThrowsIn(body!).length > 0)
}

/** `withAuth(save)(order)`, where the function that `withAuth` gives calls what it was given. */
function wrappedCallsOf(
  survey: Survey,
  owner: TS.FunctionLikeDeclaration,
  name: string,
): TS.CallExpression[] {
  return survey.callsNamed('').filter((call) => {
    const inner = bare(call.expression)
    const [given] = ts.isCallExpression(inner) ? inner.arguments : []
    if (!given || !ts.isIdentifier(given) || given.text !== name) return false
    return (
      functionOf(survey, given) === owner &&
      passesOn(functionOf(survey, (inner as TS.CallExpression).expression))
    )
  })
}

function passesOn(wrapper: TS.FunctionLikeDeclaration | null): boolean {
  const parameter = wrapper?.parameters[0]?.name.getText()
  const calls = (node: TS.Node): boolean => ts.isCallExpression(node) && calleeName(node) === parameter
  return !!wrapper?.body && some(wrapper.body, (node) => isFunction(node) && some(node, calls))
}
