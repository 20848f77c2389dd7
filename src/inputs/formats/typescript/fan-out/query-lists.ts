/** Lists that a database gives: all rows that a condition is true of, unless the query says how many. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { originsOf } from './list-bounds.js'
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { returnedBy } from '../syntax/assignments.js'
import { bindingOf } from '../syntax/scope.js'
import { bare, enclosingFunction, isAssignment, ts, walk, type TS } from '../syntax/syntax.js'
import { isStoreRead } from '../effects/writes.js'

/** Functions between the query and who goes over its rows. */
const MAX_FUNCTIONS = 2
/** What is selected, and how it is put together and sorted, says nothing of how many rows there are. */
const SHAPES_ROWS = /\bselect\b[^;]*?\bfrom\b|\b(group|order)\s+by\b[^;)]*/gi

/** The rows of a query without a limit, which is asked for none that are known: those would be as many as the keys given. */
export function isOfUnlimitedQuery(list: TS.Expression, survey: Survey, functions = 0): boolean {
  return originsOf(list).some((origin) => {
    const asked = withoutRows(origin)
    if (!ts.isCallExpression(asked)) return false
    const call = survey.outboundAt(asked)
    if (call) return isStoreRead(call) && !limitsRows(asked)
    return functions < MAX_FUNCTIONS && givesAllRows(asked, survey, functions + 1)
  })
}

/** Also where the query was put together before: `query = query.limit(20)`. */
function limitsRows(asked: TS.CallExpression): boolean {
  let root: TS.Expression = asked
  while (ts.isCallExpression(root) || ts.isPropertyAccessExpression(root)) root = bare(root.expression)
  const binding = ts.isIdentifier(root) ? bindingOf(root) : null
  const scope = binding === null || binding.kind === 'import' ? null : enclosingFunction(asked)
  const parts = scope ? madeOf(root.getText(), scope) : []
  return [asked, ...parts].some((part) =>
    codeWords().limitsRows.test(part.getText().replace(SHAPES_ROWS, '')),
  )
}

/** What a variable of the function is set to. */
function madeOf(name: string, scope: TS.Node): TS.Expression[] {
  const made: TS.Expression[] = []
  walk(scope, (node) => {
    if (ts.isVariableDeclaration(node) && node.initializer && node.name.getText() === name)
      made.push(node.initializer)
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) && node.left.getText() === name)
      made.push(node.right)
  })
  return made
}

/** The call that a function of the project makes, and whose rows it gives in every case. */
function givesAllRows(call: TS.CallExpression, survey: Survey, functions: number): boolean {
  const called = functionOf(survey, call.expression)
  if (!called?.body || codeWords().limitsRows.test(call.getText())) return false
  const returned = ts.isBlock(called.body) ? returnedBy(called.body) : [called.body]
  const lists = returned.filter((value) => !isEmpty(bare(value)))
  return lists.length > 0 && lists.every((value) => isOfUnlimitedQuery(value, survey, functions))
}

const isEmpty = (value: TS.Expression): boolean =>
  ts.isArrayLiteralExpression(value) && value.elements.length === 0

/** `result` of `result.rows`, where it is a call or a name of one. */
function withoutRows(origin: TS.Expression): TS.Expression {
  if (!ts.isPropertyAccessExpression(origin) || origin.name.text !== 'rows') return origin
  return originsOf(origin.expression).at(-1)!
}
