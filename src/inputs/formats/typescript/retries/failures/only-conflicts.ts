/** Retries of what only failed because somebody else was first: a name that is taken, a version that has moved on. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { isLeave } from '../../syntax/leaving.js'
import { functionOf } from '../../survey/practice.js'
import { leaves } from '../conditions/retry-conditions.js'
import type { Retry } from '../places/hand-written-retries.js'
import { bindingOf } from '../../syntax/scope.js'
import type { Survey } from '../../survey/survey.js'
import { bare, isFunction, some, ts, walk, type TS } from '../../syntax/syntax.js'

/** Why such retries need neither wait nor key: who answers so is well, and wrote nothing. */
export const ONLY_CONFLICTS =
  'Only a lost write conflict is retried: nothing was written, and nothing is overloaded'

/** Whether every failure but a conflict with another write leaves the retry. */
export function repeatsOnlyConflicts({ decision, place, how, conditions }: Retry, survey: Survey): boolean {
  if (how === 'library')
    return conditions.length > 0 && conditions.every((asked) => answersConflicts(asked, survey))
  const clause = clauseAround(decision)
  if (!clause) return false
  const { statements } = clause.block
  const endsByLeaving = statements.some(isLeave)
  const asked = statements.filter(ts.isIfStatement)
  const isOnly = (one: TS.IfStatement): boolean => letsOnlyConflictsOn(one, place, endsByLeaving, survey)
  return asked.some(isOnly) && asked.every((one) => isOnly(one) || !goesOn(one, place, endsByLeaving))
}

/** Some failure is tried again from there. */
function goesOn(
  { thenStatement, elseStatement }: TS.IfStatement,
  place: TS.Node,
  endsByLeaving: boolean,
): boolean {
  const isTried = (node: TS.Node): boolean =>
    node === place || (endsByLeaving && ts.isContinueStatement(node))
  return (
    some(thenStatement, isTried, false) ||
    (elseStatement !== undefined && some(elseStatement, isTried, false))
  )
}

/** Of a function that calls itself, the clause in which it does. */
function clauseAround(decision: TS.Node): TS.CatchClause | null {
  for (let at = decision; at && !isFunction(at); at = at.parent) if (ts.isCatchClause(at)) return at
  return null
}

/** `retryIf: (error) => error instanceof ConflictError`. */
function answersConflicts(asked: TS.Node, survey: Survey): boolean {
  return (
    ts.isArrowFunction(asked) && !ts.isBlock(asked.body) && isOnlyConflict(bare(asked.body), false, survey)
  )
}

function letsOnlyConflictsOn(
  asked: TS.IfStatement,
  place: TS.Node,
  endsByLeaving: boolean,
  survey: Survey,
): boolean {
  const { expression, thenStatement, elseStatement } = asked
  const isTried = goesOn(asked, place, endsByLeaving)
  if (leaves(thenStatement) && !isTried)
    return partsOf(expression, ts.SyntaxKind.BarBarToken).some((part) => isOnlyConflict(part, true, survey))
  // What leaves only under a condition of its own lets other failures on.
  const othersLeave = elseStatement !== undefined && !ts.isIfStatement(elseStatement) && leaves(elseStatement)
  return (
    (isTried || othersLeave) &&
    partsOf(expression, ts.SyntaxKind.AmpersandAmpersandToken).some((part) =>
      isOnlyConflict(part, false, survey),
    )
  )
}

/** The parts of `a || b`, or of `a && b`. */
function partsOf(expression: TS.Expression, operator: TS.SyntaxKind): TS.Expression[] {
  const node = bare(expression)
  return ts.isBinaryExpression(node) && node.operatorToken.kind === operator
    ? [...partsOf(node.left, operator), ...partsOf(node.right, operator)]
    : [node]
}

/** True of nothing but conflicts; negated, of everything but them. */
function isOnlyConflict(part: TS.Expression, isNegated: boolean, survey: Survey): boolean {
  if (ts.isPrefixUnaryExpression(part) && part.operator === ts.SyntaxKind.ExclamationToken)
    return isOnlyConflict(bare(part.operand), !isNegated, survey)
  const other = isNegated ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken
  const parts = partsOf(part, other)
  if (parts.length > 1) return parts.every((one) => isOnlyConflict(one, isNegated, survey))
  const both = partsOf(part, isNegated ? ts.SyntaxKind.BarBarToken : ts.SyntaxKind.AmpersandAmpersandToken)
  if (both.length > 1) return both.some((one) => isOnlyConflict(one, isNegated, survey))
  return isUnequal(part) === isNegated && namesOnlyConflicts(part, survey)
}

/** `error.code !== 'P2002'`. */
function isUnequal(part: TS.Expression): boolean {
  return ts.isBinaryExpression(part) && /^!==?$/.test(part.operatorToken.getText())
}

/** By what the functions that it calls and the variables that it names ask, where they can be read, else by its own words. */
function namesOnlyConflicts(part: TS.Expression, survey: Survey): boolean {
  const behind = askedBehind(part, survey)
  const texts = behind.length > 0 ? behind : [part]
  return texts.some((text) => some(text, isConflict)) && !texts.some((text) => some(text, isOtherFailure))
}

function askedBehind(part: TS.Expression, survey: Survey): TS.Node[] {
  const found: TS.Node[] = []
  walk(part, (node) => {
    const body = ts.isCallExpression(node) ? functionOf(survey, node.expression)?.body : undefined
    const binding = ts.isIdentifier(node) ? bindingOf(node) : null
    if (body) found.push(body)
    if (binding?.kind === 'value' && binding.path.length === 0 && ts.isExpression(binding.node))
      found.push(...(isFunction(binding.node) ? [] : [binding.node]))
    return true
  })
  return found
}

function isConflict(node: TS.Node): boolean {
  const { uniqueConflicts, lostRaces } = codeWords()
  return isWord(node) && (uniqueConflicts.test(node.text) || lostRaces.test(node.text))
}

const isWord = (node: TS.Node): node is TS.Identifier | TS.StringLiteralLike | TS.NumericLiteral =>
  ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)

/** `ECONNRESET`, `P1001`, `57P01`, 503: statuses and codes of Node, Prisma, MySQL and PostgreSQL. */
const CODE = /^(E[A-Z_]{4,}|P\d{4}|(?=\w*\d)[0-9A-Z]{5}|[45]\d\d)$/

/** `PrismaError` of `PrismaError.UniqueConstraint`: what is asked for is the member. */
const isOwner = (node: TS.Node): boolean =>
  ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node

/** `TimeoutError`, `'ECONNRESET'`, `'socket hang up'`. */
function isOtherFailure(node: TS.Node): boolean {
  if (!isWord(node) || isConflict(node) || isOwner(node)) return false
  if (codeWords().otherFailures.test(node.text)) return true
  return !ts.isIdentifier(node) && (CODE.test(node.text) || /\s/.test(node.text))
}
