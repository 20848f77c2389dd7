/** Cache fills that leave out what was not found: each further question for it goes to the store behind. */
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Practice } from '../../../../facts/code.js'
import { fillsIn } from './cache-fills.js'
import { variableOf, type Fill } from './fills.js'
import { practice } from '../survey/practice.js'
import { isNothing } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, isFunction, some, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { isStoreRead } from '../effects/writes.js'

const PATTERN = 'negative-caching'

export function negativeCaching(survey: Survey): Practice[] {
  return fillsIn(survey).flatMap((fill) => judgeFill(survey, fill))
}

/** Of what is read from a store only: of others it is not seen what they give for what does not exist. */
function judgeFill(survey: Survey, fill: Fill): Practice[] {
  const { load, store } = fill
  const found = variableOf(load)
  if (
    found === null ||
    codeWords().throwsForNone.test(calleeName(load)) ||
    !survey.callsFrom(load).some(isStoreRead)
  )
    return []
  const name = load.expression.getText().slice(0, 60)
  if (isLeftOut(fill, found)) {
    const detail = `\`${name}\` is called for each lookup of what does not exist: only values that were found are stored`
    const related = [{ source: sourceOf(store), message: 'only values that were found are stored' }]
    return [practice(survey, load, PATTERN, 'absent', detail, null, related)]
  }
  return codeWords().findsOne.test(calleeName(load))
    ? [practice(survey, load, PATTERN, 'present', `That \`${name}\` finds nothing is cached as well`)]
    : []
}

function isLeftOut({ around, load, store }: Fill, found: string): boolean {
  if (isOnlyWhenFound(store, found, around)) return true
  return some(
    around.body!,
    (node) =>
      ts.isIfStatement(node) &&
      node.pos >= load.end &&
      node.end <= store.pos &&
      isMissing(node.expression, found) &&
      leaves(node.thenStatement),
    false,
  )
}

/** `if (user) await cache.set(key, user)`, without another store for the rest. */
function isOnlyWhenFound(store: TS.Node, found: string, around: TS.Node): boolean {
  for (let at: TS.Node = store; at !== around; at = at.parent) {
    const { parent } = at
    if (!ts.isIfStatement(parent) || parent.thenStatement !== at || parent.elseStatement) continue
    if (isFound(parent.expression, found)) return true
  }
  return false
}

/** `user`, `user != null`, `rows.length`, `rows.length > 0`, and any of these with more beside it. */
function isFound(condition: TS.Expression, name: string): boolean {
  const node = bare(condition)
  if (isNamed(node, name)) return true
  if (!ts.isBinaryExpression(node)) return false
  const { kind } = node.operatorToken
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return isFound(node.left, name) || isFound(node.right, name)
  if (kind === ts.SyntaxKind.GreaterThanToken) return isNamed(bare(node.left), name)
  return isUnequal(kind) && isNamed(bare(node.left), name) && isNothing(bare(node.right))
}

/** `!user`, `user == null`, and any of these or something else. */
function isMissing(condition: TS.Expression, name: string): boolean {
  const node = bare(condition)
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.ExclamationToken && isNamed(bare(node.operand), name)
  if (!ts.isBinaryExpression(node)) return false
  const { kind } = node.operatorToken
  if (kind === ts.SyntaxKind.BarBarToken) return isMissing(node.left, name) || isMissing(node.right, name)
  return isEqual(kind) && isNamed(bare(node.left), name) && isNothing(bare(node.right))
}

function isNamed(node: TS.Expression, name: string): boolean {
  if (ts.isPropertyAccessExpression(node))
    return node.name.text === 'length' && isNamed(node.expression, name)
  return ts.isIdentifier(node) && node.text === name
}

const isEqual = (kind: TS.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsEqualsToken
const isUnequal = (kind: TS.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.ExclamationEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken

function leaves(statement: TS.Node): boolean {
  return some(
    statement,
    (node) => !isFunction(node) && (ts.isReturnStatement(node) || ts.isThrowStatement(node)),
    false,
  )
}
