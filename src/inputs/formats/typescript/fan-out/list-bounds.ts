/** Why a list is known to be short: it is written out, cut to size, or refused when it is longer. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { isCheckedShort } from '../values/length-checks.js'
import { growsIn } from '../values/list-growth.js'
import { boundOfParameter } from './list-parameters.js'
import { isShortBySchema } from './list-schemas.js'
import { bindingOf } from '../syntax/scope.js'
import type { Resolved } from '../modules/resolved.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, isFunction, some, ts, type TS } from '../syntax/syntax.js'

const MAX_ORIGINS = 8
/** Methods whose result is no longer than the list, and functions of whose argument the same is true. */
const NO_LONGER = /^(filter|map|sort|toSorted|reverse|toReversed)$/
const NO_LONGER_THAN_ARGUMENT = /^(from|keys|values|entries|uniq|uniqBy|compact|sortBy)$/

/** Through how many functions a list is followed to those who give it. */
const MAX_CALLERS = 3

/** What is known of lists where they are written: each survey asks of them again and again. */
const known = new WeakMap<Survey, Map<TS.Expression, string | null>>()

/** Null when nothing says so before the place where the list is used. */
export function boundOf(list: TS.Expression, at: TS.Node, survey: Survey, callers = 0): string | null {
  return at === list ? boundWhereWritten(list, survey) : boundAt(list, at, survey, callers)
}

/** A list may be made of itself, and choices of choices: each is looked at once. */
function boundWhereWritten(list: TS.Expression, survey: Survey): string | null {
  let bounds = known.get(survey)
  if (!bounds) known.set(survey, (bounds = new Map()))
  let bound = bounds.get(list)
  if (bound === undefined) {
    bounds.set(list, null)
    bounds.set(list, (bound = boundAt(list, list, survey, 0)))
  }
  return bound
}

function boundAt(list: TS.Expression, at: TS.Node, survey: Survey, callers: number): string | null {
  const origins = originsOf(list)
  const isShort = (given: TS.Expression, call: TS.Node): boolean =>
    boundOf(given, call, survey, callers + 1) !== null
  for (const origin of origins) {
    const bound =
      boundOfValue(origin, at, survey) ??
      (callers < MAX_CALLERS ? boundOfParameter(origin, survey, isShort) : null)
    if (bound) return bound
  }
  if (origins.some((origin) => isOneBatch(origin))) return 'the list is one batch of many'
  if (isCheckedShort(origins, at, (value) => boundOf(value, value, survey) !== null))
    return 'a longer list is rejected or truncated before'
  return origins.some((origin) => isShortBySchema(origin, survey))
    ? 'the schema of the list limits its length'
    : null
}

/** The list and the lists it is made of, none of which is shorter. */
export function originsOf(list: TS.Expression): TS.Expression[] {
  const origins: TS.Expression[] = []
  for (let at: TS.Expression | null = list; at && origins.length < MAX_ORIGINS; at = originOf(at)) {
    at = bare(at)
    origins.push(at)
  }
  return origins
}

function originOf(node: TS.Expression): TS.Expression | null {
  if (ts.isIdentifier(node)) {
    const binding = bindingOf(node)
    return binding?.kind === 'value' && binding.path.length === 0 && ts.isExpression(binding.node)
      ? binding.node
      : null
  }
  if (ts.isArrayLiteralExpression(node)) {
    const spread = node.elements.filter(ts.isSpreadElement)
    return spread.length === 1 ? spread[0]!.expression : null
  }
  if (ts.isBinaryExpression(node)) return isFallback(node) ? node.left : null
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return null
  const [argument] = node.arguments ?? []
  const name = calleeName(node)
  if (ts.isNewExpression(node)) return name === 'Set' ? (argument ?? null) : null
  const callee = bare(node.expression)
  if (ts.isPropertyAccessExpression(callee) && NO_LONGER.test(name)) return callee.expression
  return NO_LONGER_THAN_ARGUMENT.test(name) ? (argument ?? null) : null
}

/** `ids ?? []` */
function isFallback({ operatorToken, right }: TS.BinaryExpression): boolean {
  const isOr =
    operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
    operatorToken.kind === ts.SyntaxKind.BarBarToken
  return isOr && ts.isArrayLiteralExpression(bare(right))
}

/** Whether a list has a name that may mean a part of another list, or a list of parts: `chunkKeys`. */
export function mayBePart(list: TS.Expression): boolean {
  return originsOf(list).some((origin) => codeWords().partsOfLists.test(nameOfList(origin)))
}

function nameOfList(node: TS.Expression): string {
  return ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : ''
}

function boundOfValue(node: TS.Expression, at: TS.Node, survey: Survey): string | null {
  if (codeWords().boundedLists.test(nameOfList(node))) return 'the list is a slice or batch'
  if (ts.isConditionalExpression(node)) {
    const sides = [node.whenTrue, node.whenFalse].map((side) => boundOf(side, side, survey))
    return sides.every((bound) => bound !== null) ? sides[0]! : null
  }
  const found = survey.resolver.resolve(node)
  const value = found.kind === 'value' ? found.node : node
  if (ts.isArrayLiteralExpression(value)) {
    if (value.elements.length === 0 && isElsewhereLong(found, survey)) return null
    const spread = value.elements.filter(ts.isSpreadElement)
    const areShort = spread.every(({ expression }) => boundOf(expression, expression, survey) !== null)
    const grows = growsIn(value, (list) => boundOf(list, list, survey) !== null)
    return areShort && !grows ? 'the list is a literal' : null
  }
  if (ts.isPropertyAccessExpression(value) && isOfFew(value, survey)) return 'the query limits its rows'
  if (ts.isObjectLiteralExpression(value) || ts.isEnumDeclaration(value)) return 'the list is a literal'
  return ts.isCallExpression(value) || ts.isNewExpression(value)
    ? (boundOfCall(value) ?? boundOfBatches(value, survey))
    : null
}

/** `response.items ?? []`: the empty list stands for none, and nothing is known of the other one. */
function isElsewhereLong({ or }: Resolved, survey: Survey): boolean {
  return (or ?? []).some(
    (one) =>
      one.kind !== 'nothing' &&
      (one.kind !== 'value' || !ts.isExpression(one.node) || boundOf(one.node, one.node, survey) === null),
  )
}

/** `chunk(ids, 100)`: of a short list there are not many. */
function boundOfBatches(call: TS.CallExpression | TS.NewExpression, survey: Survey): string | null {
  const [all] = call.arguments ?? []
  return all && codeWords().batches.test(calleeName(call)) ? boundOf(all, all, survey) : null
}

function boundOfCall(call: TS.CallExpression | TS.NewExpression): string | null {
  const [first, second] = call.arguments ?? []
  const name = calleeName(call)
  if (/^(slice|splice)$/.test(name)) {
    const isFromEnd = first !== undefined && ts.isPrefixUnaryExpression(first)
    return second !== undefined || isFromEnd ? 'the list is a slice or batch' : null
  }
  if (/^(limit|take)$/.test(name)) return 'the list is a slice or batch'
  if (/^Array(\.from)?$/.test(call.expression.getText()) && first && !ts.isSpreadElement(first)) {
    const isCounted = ts.isObjectLiteralExpression(first) || !/\.from$/.test(call.expression.getText())
    return isCounted ? 'the length of the list is fixed' : null
  }
  return asksForFew(call) ? 'the query limits its rows' : null
}

/** `page.data` of `const page = await list({ limit: 20 })`. */
function isOfFew({ expression }: TS.PropertyAccessExpression, survey: Survey): boolean {
  const found = survey.resolver.resolve(expression)
  return found.kind === 'value' && ts.isCallExpression(found.node) && asksForFew(found.node)
}

/** `findMany({ take: 20 })` */
function asksForFew(call: TS.Node): boolean {
  return some(
    call,
    (at) =>
      (ts.isPropertyAssignment(at) || ts.isShorthandPropertyAssignment(at)) &&
      /^(take|limit|first|pageSize|perPage)$/.test(at.name.getText()),
  )
}

/** `for (const part of chunk(ids, 10))`, `chunk(ids, 10).map((part) => …)`. */
function isOneBatch(node: TS.Expression): boolean {
  if (!ts.isIdentifier(node)) return false
  const binding = bindingOf(node)
  const declaration =
    binding?.kind === 'variable' ? binding.declaration : binding?.kind === 'parameter' ? binding.node : null
  const all = declaration && iteratedBy(declaration)
  return (
    all !== null &&
    originsOf(all).some(
      (origin) => ts.isCallExpression(origin) && codeWords().batches.test(calleeName(origin)),
    )
  )
}

/** What the loop or the method with a callback goes over whose item is declared here. */
function iteratedBy(item: TS.VariableDeclaration | TS.ParameterDeclaration): TS.Expression | null {
  if (ts.isVariableDeclaration(item)) {
    const loop = item.parent.parent
    return ts.isForOfStatement(loop) ? loop.expression : null
  }
  const callback = item.parent
  const call = callback.parent
  return isFunction(callback) &&
    callback.parameters[0] === item &&
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression)
    ? call.expression.expression
    : null
}
