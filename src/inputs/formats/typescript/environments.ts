/** Code that is reached only where the environment says so: `if (env.isIntegrationTest) …`. */
import { codeWords } from '../../../knowledge/code-words.js'
import { endsByLeaving } from './leaving.js'
import { isAwayWhere } from './production.js'
import { asksFor } from './retry-conditions.js'
import { calledByName, callsOf } from './server-starts.js'
import type { Survey } from './survey.js'
import { bare, ts, type TS } from './syntax.js'

/** A condition, and whether code is reached where it holds or where it does not. */
interface Asked {
  condition: TS.Expression
  isTrue: boolean
}

export interface OnlyWhere {
  /** As a reader of the code would say it: `!env.isTest`. */
  condition: string
  isAwayFromProduction: boolean
}

/** Null where no setting keeps it from being reached in production, here or at all calls of the function around alike. */
export function onlyWhere(node: TS.Node, survey: Survey): OnlyWhere | null {
  const own = settingAround(node, survey)
  if (own) return own
  const owner = calledByName(node)
  const [first, ...others] = owner ? callsOf(owner, survey).map((call) => settingAround(call, survey)) : []
  return first && others.every((other) => other?.condition === first.condition) ? first : null
}

function settingAround(node: TS.Node, survey: Survey): OnlyWhere | null {
  for (let at = node; at.parent; at = at.parent)
    for (const { condition, isTrue } of askedBefore(at)) {
      // Where the other side is away from production, this one is production.
      if (!readsSettings(condition, survey) || isAwayWhere(condition, !isTrue, survey.resolver)) continue
      const text = condition.getText().slice(0, 60)
      const isAwayFromProduction = isAwayWhere(condition, isTrue, survey.resolver)
      return { condition: isTrue ? text : `!(${text})`, isAwayFromProduction }
    }
  return null
}

/** Of the nearest thing around, and of the statements before that leave. */
function askedBefore(node: TS.Node): Asked[] {
  const { parent } = node
  if (ts.isIfStatement(parent))
    return node === parent.expression
      ? []
      : [{ condition: parent.expression, isTrue: node === parent.thenStatement }]
  if (ts.isConditionalExpression(parent))
    return node === parent.condition
      ? []
      : [{ condition: parent.condition, isTrue: node === parent.whenTrue }]
  if (ts.isBinaryExpression(parent) && node === parent.right) {
    const isTrue = parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
    const isFalse = parent.operatorToken.kind === ts.SyntaxKind.BarBarToken
    return isTrue || isFalse ? [{ condition: parent.left, isTrue }] : []
  }
  if (!ts.isBlock(parent)) return []
  return parent.statements
    .slice(0, parent.statements.indexOf(node as TS.Statement))
    .flatMap((statement) =>
      ts.isIfStatement(statement) && endsByLeaving(statement.thenStatement)
        ? [{ condition: statement.expression, isTrue: false }]
        : [],
    )
}

/** Of the process or of an object that gives them, or a variable of the environment is asked for by its name. */
function readsSettings(condition: TS.Expression, survey: Survey): boolean {
  return asksFor([condition], survey, (node) => {
    if (ts.isPropertyAccessExpression(node)) {
      const { expression } = node
      const name = ts.isPropertyAccessExpression(expression) ? expression.name : bare(expression)
      return ts.isIdentifier(name) && codeWords().configurations.test(name.text)
    }
    return ts.isCallExpression(node) && node.arguments.some(namesVariable)
  })
}

const namesVariable = (argument: TS.Expression): boolean =>
  ts.isStringLiteralLike(argument) && /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(argument.text)
