/** What a catch clause does with the failure, and what is said of dropping it. */
import { codeWords } from '../../../knowledge/code-words.js'
import { calleeName, enclosingFunction, isFunction, ts, type TS } from './syntax.js'

const MAX_CITED = 120
const COMMENT_MARKS = /^[\s/*]+|[\s/*]+$/g

/**
 * The line by which a comment, a name or a message says that the failure may be dropped: in the clause, before the try or
 * at its start, or above the function.
 */
export function justificationOf(clause: TS.CatchClause): string | null {
  const { justified, justifiedAbove } = codeWords()
  const statement = clause.parent
  const [first] = statement.tryBlock.statements
  const near = [textBefore(clause) + clause.getText(), linesBefore(statement), first ? textBefore(first) : '']
  for (const text of near) {
    const line = lineWith(justified, text)
    if (line !== null) return line
  }
  for (let at = enclosingFunction(clause); at; at = enclosingFunction(at)) {
    const line = lineWith(justifiedAbove, linesBefore(declarationOf(at)))
    if (line !== null) return line
  }
  return null
}

export function onlyLogs(block: TS.Block): boolean {
  return block.statements.every(
    (statement) =>
      ts.isExpressionStatement(statement) &&
      ts.isCallExpression(statement.expression) &&
      codeWords().logs.test(calleeName(statement.expression)),
  )
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
