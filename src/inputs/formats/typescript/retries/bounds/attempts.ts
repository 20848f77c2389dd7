/** How often a counting loop tries at most, where that is written or given by all who call its function. */
import { callersOf } from '../../survey/named-callers.js'
import type { Practice } from '../../../../../facts/code.js'
import { practice } from '../../survey/practice.js'
import type { Given } from '../../modules/resolved.js'
import type { Resolver } from '../../values/resolve.js'
import type { Survey } from '../../survey/survey.js'
import { bindingOf } from '../../syntax/scope.js'
import { bare, isFunction, sourceOf, ts, walk, type TS } from '../../syntax/syntax.js'
import { valueOf } from '../../values/values.js'

const PATTERN = 'http-retry'
const MAX_DEPTH = 4

/** Says of a loop whose attempts are known whether there is a second one; nothing of others. */
export function judgeAttempts(loop: TS.Node, survey: Survey): Practice[] {
  const known = attemptsOf(loop, survey)
  if (known === null) return []
  const { most, at } = known
  if (most > 1) return [practice(survey, loop, PATTERN, 'present', `The loop makes up to ${most} attempts`)]
  const detail = `The loop makes ${most === 1 ? 'one attempt' : 'no attempt'} at most and retries nothing`
  const related = at ? [{ source: sourceOf(at), message: 'the number of attempts is given here' }] : []
  return [practice(survey, loop, PATTERN, 'absent', detail, null, related)]
}

/** Whether a loop is known to try nothing twice: there is nothing to wait for between its attempts. */
export function isSingle(loop: TS.Node, survey: Survey): boolean {
  const known = attemptsOf(loop, survey)
  return known !== null && known.most <= 1
}

/** The only wait cannot grow, and nobody is hit several times. */
export function hasOneMore(loop: TS.Node, survey: Survey): boolean {
  const most = mostAttempts(loop, survey)
  return most !== null && most <= 2
}

/** Null where it is not known. */
export function mostAttempts(loop: TS.Node, survey: Survey): number | null {
  return attemptsOf(loop, survey)?.most ?? null
}

interface Attempts {
  most: number
  /** The call that gives the number, of several the one that gives the most. */
  at: TS.CallExpression | null
}

/** `for (let attempt = 1; attempt <= retries; attempt++)`: with each of the calls that say what `retries` is. */
function attemptsOf(loop: TS.Node, survey: Survey): Attempts | null {
  if (ts.isForOfStatement(loop)) return listed(loop, survey)
  const range = rangeOf(loop)
  if (!range) return null
  const owner = decidingFunction(range.last, survey)
  if (!owner) return counted(range, survey.resolver, null)
  const calls = callersOf(owner, survey)
  const ways = calls.map((call) => counted(range, survey.resolver.under(givenBy(owner, call)), call))
  if (ways.length === 0) return null
  return ways.reduce((a, b) => (a === null || b === null ? null : b.most > a.most ? b : a))
}

/** `for (const delay of [100, 500])`: one attempt for each of a written list. */
function listed({ expression }: TS.ForOfStatement, { resolver }: Survey): Attempts | null {
  const list = resolver.resolve(expression)
  if (list.kind !== 'value' || !ts.isArrayLiteralExpression(list.node)) return null
  const { elements } = list.node
  return elements.some(ts.isSpreadElement) ? null : { most: elements.length, at: null }
}

const ways = new WeakMap<TS.CallExpression, readonly Given[]>()

/** One list for each call, because what is resolved under it is kept by it. */
function givenBy(of: TS.FunctionLikeDeclaration, call: TS.CallExpression): readonly Given[] {
  let given = ways.get(call)
  if (!given) ways.set(call, (given = [{ of, call }]))
  return given
}

interface Range {
  first: TS.Expression
  last: TS.Expression
  /** The last number is reached: `<=`. */
  isClosed: boolean
}

function rangeOf(loop: TS.Node): Range | null {
  if (!ts.isForStatement(loop) || !loop.condition || !loop.incrementor) return null
  const { initializer, condition, incrementor } = loop
  const [counter] = initializer && ts.isVariableDeclarationList(initializer) ? initializer.declarations : []
  if (!counter?.initializer || !ts.isBinaryExpression(condition)) return null
  const name = counter.name.getText()
  const sign = condition.operatorToken.getText()
  const isUp = [`${name}++`, `++${name}`, `${name} += 1`].includes(incrementor.getText())
  if (!isUp || condition.left.getText() !== name || !['<', '<='].includes(sign)) return null
  return { first: counter.initializer, last: condition.right, isClosed: sign === '<=' }
}

function counted(
  { first, last, isClosed }: Range,
  resolver: Resolver,
  at: TS.CallExpression | null,
): Attempts | null {
  const arms = armsOf(last)
  if (arms.length > 1) {
    const ways = arms.map((arm) => counted({ first, last: arm, isClosed }, resolver, at))
    return ways.reduce((a, b) => (a === null || b === null ? null : b.most > a.most ? b : a))
  }
  const from = valueOf(first, resolver)
  const to = valueOf(arms[0]!, resolver)
  // What a setting may replace is not known.
  if (from.kind !== 'number' || to.kind !== 'number' || to.note !== null) return null
  return { most: Math.max(0, to.value - from.value + (isClosed ? 1 : 0)), at }
}

/** `isExact ? 1 : 8`: which of both it is the loop is not told here. */
function armsOf(expression: TS.Expression, depth = 0): TS.Expression[] {
  const node = bare(expression)
  if (depth > MAX_DEPTH) return [node]
  if (ts.isConditionalExpression(node))
    return [node.whenTrue, node.whenFalse].flatMap((arm) => armsOf(arm, depth + 1))
  const found = ts.isIdentifier(node) ? bindingOf(node) : null
  const value = found?.kind === 'value' && found.path.length === 0 ? found.node : null
  return value !== null && ts.isExpression(value) && ts.isConditionalExpression(bare(value))
    ? armsOf(value, depth + 1)
    : [node]
}

/** The function whose parameter the expression depends on. */
function decidingFunction(expression: TS.Expression, survey: Survey): TS.FunctionLikeDeclaration | null {
  let owner: TS.FunctionLikeDeclaration | null = null
  walk(expression, (node) => {
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return true
    const found = survey.resolver.resolve(node)
    const parent = found.kind === 'parameter' ? found.node.parent : null
    if (parent && isFunction(parent)) owner ??= parent
    return true
  })
  return owner
}
