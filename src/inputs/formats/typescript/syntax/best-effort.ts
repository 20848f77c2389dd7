/** Work that the code itself says may be lost: by the name of what is called or of the function around, or in a comment. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { symbolOf, type TS } from './syntax.js'

export function isBestEffort(statement: TS.ExpressionStatement): boolean {
  const { bestEffort, justified } = codeWords()
  return (
    bestEffort.test(statement.expression.getText().split('(')[0]!) ||
    bestEffort.test(symbolOf(statement)) ||
    justified.test(statement.getFullText())
  )
}
