/** Catch clauses that throw on only the failures that they recognise: every other one ends as if nothing had come. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { justificationOf, leavesEmpty, onlyLogs } from '../../syntax/catch-clauses.js'
import { practice } from '../../survey/practice.js'
import { nameOfCall, type Survey } from '../../survey/survey.js'
import { leavesWithWord, statementsAfter } from '../../syntax/leaving.js'
import { ownThrowsIn } from '../../syntax/noted-nodes.js'
import { bare, isFunction, some, sourceOf, symbolOf, ts, type TS } from '../../syntax/syntax.js'

const PATTERN = 'swallowed-error'

export function partlyRethrown(survey: Survey): Practice[] {
  return survey.files.flatMap(({ catches }) => catches.flatMap((clause) => judge(survey, clause)))
}

function judge(survey: Survey, clause: TS.CatchClause): Practice[] {
  const condition = conditionOfThrow(clause)
  if (!condition || codeWords().bestEffort.test(symbolOf(clause)) || isTriedAgain(clause)) return []
  const { tryBlock } = clause.parent
  if (!some(tryBlock, ts.isAwaitExpression, false) || !givesBack(tryBlock)) return []
  const call = survey.reaches(tryBlock)
  const asked = condition.getText().replace(/\s+/g, ' ').slice(0, 60)
  const detail = `Only failures for which \`${asked}\` holds are rethrown; any other${call ? `, such as a timeout of ${nameOfCall(call)},` : ''} ends without a result`
  const related = call ? [{ source: sourceOf(call.node), message: 'a call that may fail' }] : []
  const justification = justificationOf(clause)
  if (justification === null) return [practice(survey, clause, PATTERN, 'absent', detail, null, related)]
  const reason = `the code says: “${justification}”; may this failure be lost?`
  return [practice(survey, clause, PATTERN, 'unknown', detail, reason, related)]
}

/** What is asked of the failure before it is thrown on, where nothing but a line of the log is done with the others. */
function conditionOfThrow({ block, variableDeclaration, parent }: TS.CatchClause): TS.Expression | null {
  const throwing = block.statements.filter((one) => ownThrowsIn(one).length > 0)
  const [asking] = throwing
  if (throwing.length !== 1 || !asking || !ts.isIfStatement(asking) || asking.elseStatement) return null
  const others = block.statements.filter((one) => one !== asking && !leavesEmpty(one))
  if (!onlyLogs({ statements: others }) || statementsAfter(parent).some(tells)) return null
  const name = variableDeclaration?.name.getText()
  return name !== undefined && recognises(asking.expression, block, name) ? asking.expression : null
}

const tells = (statement: TS.Statement): boolean => some(statement, leavesWithWord, false)

/** `isKnown(error)`, `error instanceof Refused`, `parsed` of `const parsed = parse(error)`; not `error.code !== 'ENOENT'`. */
function recognises(condition: TS.Expression, block: TS.Block, failure: string): boolean {
  const node = bare(condition)
  if (ts.isIdentifier(node)) return isMadeOf(node.text, block, failure)
  if (ts.isCallExpression(node)) return node.arguments.some((argument) => argument.getText() === failure)
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword &&
    node.left.getText() === failure
  )
}

function isMadeOf(name: string, block: TS.Block, failure: string): boolean {
  return some(
    block,
    (node) =>
      ts.isVariableDeclaration(node) &&
      node.name.getText() === name &&
      node.initializer !== undefined &&
      some(node.initializer, (at) => ts.isIdentifier(at) && at.text === failure),
    false,
  )
}

/** Who called waits for a value, and gets none. */
function givesBack(tryBlock: TS.Block): boolean {
  return some(tryBlock, (node) => ts.isReturnStatement(node) && node.expression !== undefined, false)
}

function isTriedAgain(clause: TS.CatchClause): boolean {
  for (let at: TS.Node = clause.parent; at && !isFunction(at); at = at.parent)
    if (ts.isIterationStatement(at, false)) return true
  return false
}
