/** What is asked between a failure and the next attempt, and whether it tells one failure from another. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { asksUnread } from './unread-error-questions.js'
import { isLeave } from '../../syntax/leaving.js'
import { functionOf } from '../../survey/practice.js'
import { bindingOf } from '../../syntax/scope.js'
import type { Survey } from '../../survey/survey.js'
import { bare, calleeName, isFunction, some, ts, walk, type TS } from '../../syntax/syntax.js'

const MAX_DEPTH = 3

/** Whether a piece of code may end what surrounds it. */
export function leaves(node: TS.Node, withThrow = true): boolean {
  return some(node, (at) => leavesBy(at, withThrow), false)
}

const leavesBy = (node: TS.Node, withThrow: boolean): boolean =>
  isLeave(node) && (withThrow || !ts.isThrowStatement(node))

/**
 * Conditions on which a piece of code is left, not those inside its functions; where it is left anyway, also those on which
 * the loop goes on before.
 */
export function leavingConditions(root: TS.Node, withThrow = true): TS.Expression[] {
  const goesOn = ts.isBlock(root) && root.statements.some((statement) => leavesBy(statement, withThrow))
  const decides = (branch: TS.Node): boolean =>
    leaves(branch, withThrow) || (goesOn && some(branch, ts.isContinueStatement, false))
  const found: TS.Expression[] = []
  walk(root, (node) => {
    if (node !== root && isFunction(node)) return false
    if (ts.isSwitchStatement(node) && leaves(node.caseBlock, withThrow)) found.push(node.expression)
    if (!ts.isIfStatement(node)) return true
    const branches = [node.thenStatement, ...(node.elseStatement ? [node.elseStatement] : [])]
    if (branches.some(decides)) found.push(node.expression)
    return true
  })
  return found
}

/** Conditions under which a node is reached from the start of a block: those around it, and those before it that leave. */
export function conditionsOf(node: TS.Node, start: TS.Node): TS.Expression[] {
  const found: TS.Expression[] = []
  for (let at = node; at !== start && at.parent; at = at.parent) {
    const { parent } = at
    if ((ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) && at !== testOf(parent))
      found.push(testOf(parent))
    if (ts.isBinaryExpression(parent) && at === parent.right) found.push(parent.left)
    if (!ts.isBlock(parent)) continue
    const before = parent.statements.slice(0, parent.statements.indexOf(at as TS.Statement))
    found.push(...before.flatMap((statement) => leavingConditions(statement)))
  }
  return found
}

/** Whether the work is left where a condition holds, before it is repeated: `if (error.status === 401) throw error`. */
export function endsBefore(condition: TS.Node, repeat: TS.Node): boolean {
  const { parent } = condition
  if (!ts.isIfStatement(parent) || parent.expression !== condition) return false
  const { thenStatement: then } = parent
  return leaves(then) && !(repeat.pos >= then.pos && repeat.end <= then.end)
}

function testOf(node: TS.IfStatement | TS.ConditionalExpression): TS.Expression {
  return ts.isIfStatement(node) ? node.expression : node.condition
}

export type Telling = 'tells' | 'hidden' | 'unread' | 'nothing'

/**
 * Whether conditions look at what kind of failure it was. `hidden`: a function does it that cannot be read; `unread`: they
 * ask the error in a way that is not understood.
 */
export function tellsFailures(conditions: TS.Node[], survey: Survey): Telling {
  const asked = conditions.map((condition) => behind(condition, survey))
  if (asked.some((nodes) => nodes.some((node) => tells(node, statusesIn(nodes))))) return 'tells'
  if (asked.flat().some((node) => ts.isCallExpression(node) && isHidden(node, survey))) return 'hidden'
  return conditions.some((condition, index) => asksUnread(condition, asked[index]!, survey))
    ? 'unread'
    : 'nothing'
}

/** The statuses of answers that conditions name: 429 of `status === 429`. */
export function statusesOf(conditions: TS.Node[], survey: Survey): number[] {
  return conditions.flatMap((condition) => statusesIn(behind(condition, survey)))
}

/** Whether some node behind the conditions passes. */
export function asksFor(conditions: TS.Node[], survey: Survey, test: (node: TS.Node) => boolean): boolean {
  return conditions.some((condition) => behind(condition, survey).some(test))
}

/** All nodes of a condition, and of what its variables are computed by and its functions do. */
function behind(condition: TS.Node, survey: Survey, depth = 0, seen = new Set<TS.Node>()): TS.Node[] {
  if (seen.has(condition)) return []
  seen.add(condition)
  const nodes: TS.Node[] = []
  walk(condition, (node) => {
    nodes.push(node)
    const next = depth < MAX_DEPTH ? followed(node, survey) : null
    if (next) nodes.push(...behind(next, survey, depth + 1, seen))
  })
  return nodes
}

/** What a variable is computed by, or the body of a called function. The answer of an awaited call is not followed. */
function followed(node: TS.Node, survey: Survey): TS.Node | null {
  if (ts.isCallExpression(node)) return functionOf(survey, node.expression)?.body ?? null
  if (!ts.isExpression(node) || !(ts.isIdentifier(node) || ts.isPropertyAccessExpression(node))) return null
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  if (binding?.kind === 'value' && binding.path.length === 0 && ts.isExpression(binding.node))
    return isPlain(binding.node) ? binding.node : null
  if (binding) return null
  const found = survey.resolver.resolve(node)
  return found.kind === 'value' && found.node !== node && ts.isExpression(found.node) && isPlain(found.node)
    ? found.node
    : null
}

function isPlain(value: TS.Expression): boolean {
  return !ts.isAwaitExpression(value.parent) && !isFunction(value) && !ts.isObjectLiteralExpression(value)
}

function tells(node: TS.Node, statuses: number[]): boolean {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword)
    return node.right.getText() !== 'Error'
  if (ts.isCallExpression(node) && /^(includes|match|test|startsWith|exec)$/.test(calleeName(node)))
    return /\b(message|name)\b/.test(node.getText())
  if (!ts.isPropertyAccessExpression(node)) return false
  const name = node.name.text
  const { failureKinds, givenUp, statusCodes } = codeWords()
  if (statusCodes.test(name)) return statuses.length === 0 || statuses.some((status) => status >= 400)
  if (name === 'name') return ts.isBinaryExpression(node.parent) && !givenUp.test(node.parent.getText())
  return failureKinds.test(name)
}

function statusesIn(nodes: TS.Node[]): number[] {
  return nodes.flatMap((node) => {
    const status = ts.isNumericLiteral(node) ? Number(node.text) : NaN
    return status >= 100 && status < 600 ? [status] : []
  })
}

/** A function from elsewhere, or given by the caller, that by its name tells failures apart. */
function isHidden(call: TS.CallExpression, survey: Survey): boolean {
  const callee = bare(call.expression)
  if (functionOf(survey, callee) !== null || call.arguments.length === 0) return false
  return (
    codeWords().tellsFailures.test(calleeName(call)) || survey.resolver.resolve(callee).kind === 'parameter'
  )
}
