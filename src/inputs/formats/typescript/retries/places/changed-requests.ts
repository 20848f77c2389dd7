/** Loops that go round with another request: a failure of the program's own says what the next one is to be. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { endsByLeaving } from '../../syntax/leaving.js'
import type { Survey } from '../../survey/survey.js'
import { bare, some, ts, type TS } from '../../syntax/syntax.js'

/**
 * `if (error instanceof MoreNeeded) options.more = error.more; else throw error`: on every way that goes round, what the work
 * reads is set anew for a class of errors of the project, and everything else leaves. What is waited for meanwhile, such as a
 * fresh token, is a cure, after which the same is tried again.
 */
export function changesRequest(clause: TS.CatchClause, work: TS.Block, survey: Survey): boolean {
  const { statements } = clause.block
  const asking = statements.find(ts.isIfStatement)
  if (!asking) return false
  const branches: TS.IfStatement[] = []
  let last: TS.Statement | undefined = asking
  for (; last && ts.isIfStatement(last); last = last.elseStatement) branches.push(last)
  const isLeft = last ? endsByLeaving(last) : statements.some(endsByLeaving)
  const changing = branches.filter(({ thenStatement: then }) => !endsByLeaving(then) || goesOn(then))
  const changes = ({ expression, thenStatement }: TS.IfStatement): boolean =>
    asksOwnClass(expression, survey) &&
    some(thenStatement, (node) => setsFor(work, node), false) &&
    !some(thenStatement, ts.isAwaitExpression, false)
  return isLeft && changing.length > 0 && changing.every(changes)
}

const goesOn = (branch: TS.Statement): boolean => some(branch, ts.isContinueStatement, false)

/** `error instanceof MoreNeeded`, also where something else is asked as well. */
function asksOwnClass(condition: TS.Expression, survey: Survey): boolean {
  const node = bare(condition)
  if (!ts.isBinaryExpression(node)) return false
  const { left, right, operatorToken } = node
  if (operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return asksOwnClass(left, survey) || asksOwnClass(right, survey)
  if (operatorToken.kind === ts.SyntaxKind.BarBarToken)
    return asksOwnClass(left, survey) && asksOwnClass(right, survey)
  if (operatorToken.kind !== ts.SyntaxKind.InstanceOfKeyword) return false
  const found = survey.resolver.resolve(right)
  return found.kind === 'value' && ts.isClassLike(found.node)
}

/** A count of attempts is no part of the request. */
function setsFor(work: TS.Block, node: TS.Node): boolean {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false
  const text = node.left.getText()
  const root = /^\w+/.exec(text)?.[0]
  if (root === undefined || codeWords().attempts.test(text)) return false
  return some(work, (at) => ts.isIdentifier(at) && at.text === root)
}
