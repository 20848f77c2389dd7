/** Retries of what only failed because somebody else was first: a name that is taken, a number that was given twice. */
import { codeWords } from '../../../knowledge/code-words.js'
import { isLeave } from './leaving.js'
import { asksFor, leaves } from './retry-conditions.js'
import type { Retry } from './retry-places.js'
import type { Survey } from './survey.js'
import { bare, isFunction, some, ts, walk, type TS } from './syntax.js'

/** Whether every failure but a violated unique constraint leaves the retry. */
export function repeatsOnlyConflicts({ decision }: Retry, survey: Survey): boolean {
  if (!ts.isCatchClause(decision)) return false
  const { block } = decision
  const endsByLeaving = block.statements.some(isLeave)
  let found = false
  walk(block, (node) => {
    if (isFunction(node)) return false
    if (ts.isIfStatement(node)) found ||= letsOnlyConflictsOn(node, endsByLeaving, survey)
    return !found
  })
  return found
}

function letsOnlyConflictsOn(node: TS.IfStatement, endsByLeaving: boolean, survey: Survey): boolean {
  const { expression, thenStatement, elseStatement } = node
  const asks = (kind: TS.SyntaxKind, isNegated: boolean): boolean =>
    partsOf(expression, kind).some((part) => isConflict(part, isNegated, survey))
  if (leaves(thenStatement)) return asks(ts.SyntaxKind.BarBarToken, true)
  const isLeftOtherwise =
    (elseStatement !== undefined && leaves(elseStatement)) ||
    (endsByLeaving && some(thenStatement, ts.isContinueStatement, false))
  return isLeftOtherwise && asks(ts.SyntaxKind.AmpersandAmpersandToken, false)
}

/** The parts of `a || b`, or of `a && b`. */
function partsOf(expression: TS.Expression, operator: TS.SyntaxKind): TS.Expression[] {
  const node = bare(expression)
  return ts.isBinaryExpression(node) && node.operatorToken.kind === operator
    ? [...partsOf(node.left, operator), ...partsOf(node.right, operator)]
    : [node]
}

function isConflict(part: TS.Expression, isNegated: boolean, survey: Survey): boolean {
  const { uniqueConflicts } = codeWords()
  const named = (node: TS.Node): boolean =>
    (ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) &&
    uniqueConflicts.test(node.text)
  return isNegation(part) === isNegated && asksFor([part], survey, named)
}

/** `!isConflict(error)`, `error.code !== 'P2002'`. */
function isNegation(part: TS.Expression): boolean {
  if (ts.isPrefixUnaryExpression(part)) return part.operator === ts.SyntaxKind.ExclamationToken
  return ts.isBinaryExpression(part) && /^!==?$/.test(part.operatorToken.getText())
}
