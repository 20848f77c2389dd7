/** What a catch clause does with the failure, and what is said of dropping it. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { statementsAfter } from './leaving.js'
import { calleeName, enclosingFunction, isFunction, some, ts, type TS } from './syntax.js'

const MAX_CITED = 120
const COMMENT_MARKS = /^[\s/*]+|[\s/*]+$/g

/** The line by which a comment, a name or a message says that the failure may be dropped: near it, or above the function. */
export function justificationOf(caught: TS.CatchClause | TS.CallExpression): string | null {
  const { justified, justifiedAbove } = codeWords()
  for (const text of ts.isCatchClause(caught) ? textsNear(caught) : textsAround(caught)) {
    const line = lineWith(justified, text)
    if (line !== null) return line
  }
  for (let at = enclosingFunction(caught); at; at = enclosingFunction(at)) {
    const line = lineWith(justifiedAbove, linesBefore(declarationOf(at)))
    if (line !== null) return line
  }
  return null
}

/** In the clause, before the try and at its start. */
function textsNear(clause: TS.CatchClause): string[] {
  const statement = clause.parent
  const [first] = statement.tryBlock.statements
  return [textBefore(clause) + clause.getText(), linesBefore(statement), first ? textBefore(first) : '']
}

/** In the statement of `send().catch(log)`, and before it. */
function textsAround(call: TS.CallExpression): string[] {
  let statement: TS.Node = call
  while (!ts.isStatement(statement) && statement.parent) statement = statement.parent
  return [statement.getText(), linesBefore(statement)]
}

/** `left`: the function ends there and never gives anything back; `answered`: a value stands for the failure. */
export type CatchEnd = 'logged' | 'left' | 'answered' | 'acted'

export function endOf(clause: TS.CatchClause): CatchEnd {
  const isLast = statementsAfter(clause.parent).length === 0
  const statements = clause.block.statements.filter((one) => !isLast || !leavesEmpty(one))
  const last = statements.at(-1)
  if (!last || !ts.isReturnStatement(last)) return onlyLogs({ statements }) ? 'logged' : 'acted'
  if (!onlyLogs({ statements: statements.slice(0, -1) })) return 'acted'
  // What was to follow does not happen.
  if (!isLast) return 'acted'
  const answer = last.expression
  if (answer && some(answer, (node) => ts.isCallExpression(node) || ts.isNewExpression(node))) return 'acted'
  return answer || answers(enclosingFunction(clause)) ? 'answered' : 'left'
}

/** `if (error.status === 404) return`: for the code behind the call it is all the same. */
export function leavesEmpty(statement: TS.Statement): boolean {
  if (!ts.isIfStatement(statement) || statement.elseStatement) return false
  const { thenStatement } = statement
  const inside = ts.isBlock(thenStatement) ? thenStatement.statements : [thenStatement]
  return inside.every((one) => ts.isReturnStatement(one) && one.expression === undefined)
}

/** Gives something back at its other ends. */
function answers(owner: TS.FunctionLikeDeclaration | null): boolean {
  const isAnswer = (node: TS.Node): boolean => ts.isReturnStatement(node) && node.expression !== undefined
  return !!owner?.body && some(owner.body, isAnswer, false)
}

/** Nothing but logging, whatever is asked before. */
export function onlyLogs({ statements }: Statements): boolean {
  return statements.every((statement) => {
    if (ts.isBlock(statement)) return onlyLogs(statement)
    if (ts.isIfStatement(statement)) return onlyLogs({ statements: branchesOf(statement) })
    if (ts.isVariableStatement(statement)) return isNamed(statement)
    return ts.isExpressionStatement(statement) && isLog(statement.expression)
  })
}

/** `const message = error instanceof Error ? error.message : String(error)`: what is to be logged gets a name. */
function isNamed({ declarationList: { declarations } }: TS.VariableStatement): boolean {
  return !declarations.some((declaration) => some(declaration, doesMore))
}

function doesMore(node: TS.Node): boolean {
  if (ts.isCallExpression(node)) return !codeWords().describes.test(calleeName(node))
  return ts.isAwaitExpression(node) || ts.isNewExpression(node) || isFunction(node)
}

type Statements = { statements: readonly TS.Statement[] }

function branchesOf({ thenStatement, elseStatement }: TS.IfStatement): TS.Statement[] {
  return elseStatement ? [thenStatement, elseStatement] : [thenStatement]
}

export function isLog(node: TS.Expression): boolean {
  return ts.isCallExpression(node) && codeWords().logs.test(calleeName(node))
}

/** Blanks and comments before a node. */
function textBefore(node: TS.Node): string {
  const file = node.getSourceFile()
  return file.text.slice(node.pos, node.getStart(file, false))
}

/** Those on lines of their own: what stands behind the code before it speaks of that. */
function linesBefore(node: TS.Node): string {
  const text = textBefore(node)
  return node.pos === 0 ? text : text.slice(text.indexOf('\n') + 1)
}

/** What a comment above a function stands before: the statement, method or property that holds it. */
function declarationOf(node: TS.Node): TS.Node {
  let at = node
  while (at.parent && !ts.isSourceFile(at.parent) && !ts.isBlock(at.parent) && !ts.isClassLike(at.parent)) {
    if (isFunction(at.parent) || ts.isCallExpression(at.parent)) break
    at = at.parent
  }
  return at
}

function lineWith(words: RegExp, text: string): string | null {
  const line = text.split('\n').find((candidate) => words.test(candidate))
  return line === undefined ? null : line.replace(COMMENT_MARKS, '').slice(0, MAX_CITED)
}
