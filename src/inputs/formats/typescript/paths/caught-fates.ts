/** What a catch clause or the handler of a `catch()` makes of a failure for whoever waits for the function. */
import type { FailureFate } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { tellsOutcome } from '../failures/caught/told-outcomes.js'
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { returnedBy } from '../syntax/assignments.js'
import { endOf, onlyLogs } from '../syntax/catch-clauses.js'
import { statementsAfter } from '../syntax/leaving.js'
import { callsIn, ownCallsIn, ownThrowsIn } from '../syntax/noted-nodes.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  isFunction,
  some,
  sourceOf,
  ts,
  type TS,
} from '../syntax/syntax.js'

/** `passed-on`: it is thrown again, and who stands further out decides; `always`: not under a condition. */
type CaughtFate = FailureFate | { is: 'passed-on'; always: boolean }

const FIRST_OF_SERVERS = 500

export function fateInClause(clause: TS.CatchClause, call: TS.CallExpression, survey: Survey): CaughtFate {
  const { block, variableDeclaration } = clause
  const after = statementsAfter(clause.parent)
  const told = toldIn(block, variableDeclaration?.name.getText() ?? null)
  if (told) return { is: 'handed-on', places: [sourceOf(told)], why: 'the failure is returned to the caller' }
  const again = rethrown([...block.statements]) ?? (endOf(clause) === 'logged' ? rethrown(after) : null)
  if (again) return again
  const places = [sourceOf(clause)]
  if (answersInside(clause, call))
    return {
      is: 'unknown',
      places,
      why: 'the response to a success is left out, and nothing replaces it',
    }
  switch (endOf(clause)) {
    case 'logged':
      return tellsOutcome(clause, call) || after.some((statement) => toldIn(statement, null))
        ? { is: 'unknown', places, why: 'the code after the catch may report it' }
        : { is: 'absorbed', places, why: 'it is caught, and the function continues' }
    case 'left':
      return { is: 'absorbed', places, why: 'it is caught, and the function ends as after a success' }
    case 'answered':
      return isAlsoAnswered(clause)
        ? { is: 'absorbed', places, why: 'it is caught, and the result is one that a success may have too' }
        : {
            is: 'unknown',
            places,
            why: 'a value replaces it, and how callers handle that was not followed',
          }
    case 'acted':
      return asksAnother(block, survey)
        ? { is: 'absorbed', places, why: 'it is caught, and another source is queried' }
        : { is: 'unknown', places, why: 'how the catch handles it was not understood' }
  }
}

/** `send().catch((error) => log(error))`. */
export function fateInHandler(call: TS.CallExpression, survey: Survey): CaughtFate {
  const places = [sourceOf(call)]
  const handler = functionOf(survey, call.arguments[0])
  const unknown: FailureFate = {
    is: 'unknown',
    places,
    why: 'how the handler treats it was not understood',
  }
  if (!handler?.body) return unknown
  const told = toldIn(handler.body, handler.parameters[0]?.name.getText() ?? null)
  if (told) return { is: 'handed-on', places: [sourceOf(told)], why: 'the failure is returned to the caller' }
  const statements = ts.isBlock(handler.body) ? [...handler.body.statements] : []
  const again = rethrown(statements)
  if (again) return again
  const isQuiet = ts.isBlock(handler.body) && onlyLogs({ statements })
  if (isQuiet || isUnread(call))
    return { is: 'absorbed', places, why: 'it is caught, and the function continues' }
  return unknown
}

/** Nobody reads what stands for the failure. */
function isUnread(call: TS.CallExpression): boolean {
  const waited = ts.isAwaitExpression(call.parent) ? call.parent : call
  return ts.isExpressionStatement(waited.parent)
}

/** Null where nothing throws. */
function rethrown(statements: TS.Statement[]): CaughtFate | null {
  const throws = (statement: TS.Statement): boolean =>
    ownThrowsIn(statement).length > 0 || ownCallsIn(statement).some(isRejection)
  if (!statements.some(throws)) return null
  const always = statements.some(
    (statement) =>
      ts.isThrowStatement(statement) ||
      (ts.isReturnStatement(statement) &&
        statement.expression !== undefined &&
        isRejection(bare(statement.expression))),
  )
  return { is: 'passed-on', always }
}

const isRejection = (node: TS.Node): boolean =>
  ts.isCallExpression(node) && node.expression.getText() === 'Promise.reject'

/** `next(error)`, `reject(error)`, `response.status(503)`, `process.exit(1)`. */
function toldIn(root: TS.Node, failure: string | null): TS.CallExpression | null {
  const { handsFailureOn, answersStatus } = codeWords()
  const tells = (call: TS.CallExpression): boolean => {
    const name = calleeName(call)
    const [first] = call.arguments
    const isHanded =
      handsFailureOn.test(name) &&
      failure !== null &&
      call.arguments.some((one) => some(one, (at) => ts.isIdentifier(at) && at.text === failure))
    const isStatus =
      answersStatus.test(name) &&
      first !== undefined &&
      ts.isNumericLiteral(bare(first)) &&
      Number(first.getText()) >= FIRST_OF_SERVERS
    return isHanded || isStatus || call.expression.getText() === 'process.exit'
  }
  return ownCallsIn(root).find(tells) ?? null
}

/** `response.json(await load())` in the try: whoever asked may wait for an answer that does not come. */
function answersInside(clause: TS.CatchClause, call: TS.CallExpression): boolean {
  const owner = enclosingFunction(clause)
  const given = owner?.parameters.map(({ name }) => name.getText()) ?? []
  const isAnswer = (one: TS.CallExpression): boolean =>
    one !== call && given.includes(one.expression.getText().split(/[.?[(]/)[0]!)
  return (
    endOf(clause) !== 'acted' &&
    ownCallsIn(clause.parent.tryBlock).some(isAnswer) &&
    !callsIn(clause.block).some(isAnswer)
  )
}

/** The value is among those that the function gives after a success as well, or an empty list. */
function isAlsoAnswered(clause: TS.CatchClause): boolean {
  const last = clause.block.statements.at(-1)
  const answer = last && ts.isReturnStatement(last) && last.expression ? bare(last.expression) : null
  const owner = enclosingFunction(clause)
  if (!answer || !owner?.body || !ts.isBlock(owner.body)) return false
  // Who gets nothing may tell it from something.
  if (isNothing(answer)) return false
  const others = returnedBy(owner.body).filter(({ pos }) => pos < clause.pos || pos >= clause.end)
  return others.some((other) => alternatives(other).some((one) => one.getText() === answer.getText()))
}

/** `null`, `undefined`, `false`, `''`, `[]`, `{}`. */
export function isNothing(node: TS.Node): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0
  return ['null', 'undefined', 'false', "''", '""'].includes(node.getText())
}

/** `known ? a : b`, `a ?? b`, `a || b`. */
function alternatives(expression: TS.Expression): TS.Expression[] {
  const node = bare(expression)
  if (ts.isConditionalExpression(node))
    return [...alternatives(node.whenTrue), ...alternatives(node.whenFalse)]
  const isChoice = ts.isBinaryExpression(node) && ['??', '||'].includes(node.operatorToken.getText())
  return isChoice ? [...alternatives(node.left), ...alternatives(node.right)] : [node]
}

/** The last word of the clause is what another call gives, such as that to the data store behind a cache. */
function asksAnother(block: TS.Block, survey: Survey): boolean {
  const last = block.statements.at(-1)
  const isAnswer =
    last && ts.isReturnStatement(last) && last.expression !== undefined && !isFunction(last.expression)
  return Boolean(isAnswer) && survey.callsFrom(last!).length > 0
}
