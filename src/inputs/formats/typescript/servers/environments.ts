/** Code that is reached only where the environment says so: `if (env.isIntegrationTest) …`. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { endsByLeaving } from '../syntax/leaving.js'
import { truthOf } from '../values/conditions.js'
import { isAwayWhere } from '../values/production.js'
import { asksFor } from '../retries/conditions/retry-conditions.js'
import { calledByName, callsOf } from './server-starts.js'
import { endsStart } from './startup-checks.js'
import type { Survey } from '../survey/survey.js'
import { bare, ts, type TS } from '../syntax/syntax.js'

/** Levels of calls that are followed to where a server listens. */
const MAX_CALLS = 3

/** A condition, and whether code is reached where it holds or where it does not. */
interface Asked {
  condition: TS.Expression
  isTrue: boolean
}

export interface OnlyWhere {
  /** As a reader of the code would say it: `!env.isTest`. */
  condition: string
  isAwayFromProduction: boolean
  /** The same for all places that ask the same thing. */
  key: string
  isTrue: boolean
}

/**
 * Settings that may keep code from being reached in production although the server listens; none where the server stands
 * under them as well.
 */
export type Limits = (node: TS.Node) => OnlyWhere[]

export function limitsBeside(listening: TS.Node, survey: Survey): Limits {
  const known = new Map<TS.Node, OnlyWhere[]>()
  let ofServer: OnlyWhere[] | null = null
  return (node) => {
    let found = known.get(node)
    if (!found) {
      found = settingsFor(node, survey, 1)
      if (found.length > 0) ofServer ??= settingsFor(listening, survey, MAX_CALLS)
      known.set(node, (found = found.filter((one) => !ofServer!.some((other) => isSame(one, other)))))
    }
    return found
  }
}

/** Whether one of several pieces of code is reached however the settings are: in both branches, or in one without any. */
export function coversAll(ways: OnlyWhere[][]): boolean {
  const [first] = ways
  if (!first) return false
  if (ways.some((way) => way.length === 0)) return true
  const { key } = first[0]!
  return [true, false].every((isTrue) =>
    coversAll(
      ways
        .filter((way) => !way.some((one) => one.key === key && one.isTrue !== isTrue))
        .map((way) => way.filter((one) => one.key !== key)),
    ),
  )
}

const isSame = (one: OnlyWhere, other: OnlyWhere): boolean =>
  one.key === other.key && one.isTrue === other.isTrue

/** Around a node, the inner ones first, then those around all calls of its function alike. */
function settingsFor(node: TS.Node, survey: Survey, maxCalls: number): OnlyWhere[] {
  const own = settingsAround(node, survey)
  const owner = maxCalls > 0 ? calledByName(node) : null
  const [first, ...others] = owner
    ? callsOf(owner, survey).map((call) => settingsFor(call, survey, maxCalls - 1))
    : []
  const shared = (first ?? []).filter((one) => others.every((other) => other.some((its) => isSame(one, its))))
  return [...own, ...shared]
}

function settingsAround(node: TS.Node, survey: Survey): OnlyWhere[] {
  const found: OnlyWhere[] = []
  for (let at = node; at.parent; at = at.parent)
    for (const { condition, isTrue } of askedBefore(at, survey)) {
      // Where the other side is away from production, this one is production.
      if (!readsSettings(condition, survey) || isAwayWhere(condition, !isTrue, survey.resolver)) continue
      if (isTrue && holdsAlways(condition, survey)) continue
      const text = condition.getText().slice(0, 60)
      const isAwayFromProduction = isAwayWhere(condition, isTrue, survey.resolver)
      found.push({
        condition: isTrue ? text : `!(${text})`,
        isAwayFromProduction,
        ...keyOf(condition, isTrue),
      })
    }
  return found
}

/** `process.env.WINDOW || 9`: whatever the environment says, it is something. */
function holdsAlways(condition: TS.Expression, { resolver }: Survey): boolean {
  const found = resolver.resolve(condition)
  if (found.kind !== 'value' || !ts.isExpression(found.node) || !ts.isLiteralExpression(found.node))
    return false
  const { node } = found
  const { parent } = node
  const isLast =
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.BarBarToken &&
    parent.right === node
  const others = (found.or ?? []).filter((one) => one.kind !== 'value' || one.node !== node)
  const areVariables = others.every((one) => one.kind === 'global' && one.name.startsWith('process.env'))
  return areVariables && (others.length === 0 || isLast) && truthOf(node, resolver) === 'yes'
}

/** `!x` where it does not hold is `x`. Of two files only what the process itself is asked for is known to be the same. */
function keyOf(condition: TS.Expression, isTrue: boolean): Pick<OnlyWhere, 'key' | 'isTrue'> {
  const node = bare(condition)
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return keyOf(node.operand, !isTrue)
  const text = node.getText()
  return { key: text.startsWith('process.env') ? text : `${node.getSourceFile().fileName} ${text}`, isTrue }
}

/** Of the nearest thing around, and of the statements before that leave while the process goes on. */
function askedBefore(node: TS.Node, survey: Survey): Asked[] {
  const { parent } = node
  if (ts.isIfStatement(parent)) {
    const { expression, thenStatement, elseStatement } = parent
    const other = node === thenStatement ? elseStatement : thenStatement
    return node === expression || (other && endsStart(other, survey))
      ? []
      : [{ condition: expression, isTrue: node === thenStatement }]
  }
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
      ts.isIfStatement(statement) &&
      endsByLeaving(statement.thenStatement) &&
      !endsStart(statement.thenStatement, survey)
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
  ts.isStringLiteralLike(argument) && codeWords().environmentVariables.test(argument.text)
