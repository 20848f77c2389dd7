/** The names that a statement gives to an answer: `const answer = await fetch(url)`, `({ data, error } = await client.rpc(name))`. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { bare, textOf, ts, type TS } from '../../syntax/syntax.js'
import type { Answer } from './answer-conditions.js'

interface SetAnswer {
  answer: Pick<Answer, 'name' | 'failure'>
  value: TS.Expression
}

export function answerSetBy(statement: TS.Statement): SetAnswer | null {
  if (ts.isVariableStatement(statement)) {
    const [declared] = statement.declarationList.declarations
    return declared?.initializer ? named(declared.name, declared.initializer) : null
  }
  const set = ts.isExpressionStatement(statement) ? bare(statement.expression) : null
  if (!set || !ts.isBinaryExpression(set) || set.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return null
  return named(set.left, set.right)
}

function named(place: TS.BindingName | TS.Expression, value: TS.Expression): SetAnswer | null {
  if (ts.isIdentifier(place)) return { answer: { name: place.text, failure: null }, value }
  const failure = namesTaken(place).find((name) => codeWords().failureVariables.test(name))
  return failure === undefined ? null : { answer: { name: '', failure }, value }
}

function namesTaken(place: TS.Node): string[] {
  if (ts.isObjectBindingPattern(place)) return place.elements.map(({ name }) => textOf(name))
  if (!ts.isObjectLiteralExpression(place)) return []
  return place.properties.flatMap((property) =>
    ts.isShorthandPropertyAssignment(property) ? textOf(property.name) : [],
  )
}
