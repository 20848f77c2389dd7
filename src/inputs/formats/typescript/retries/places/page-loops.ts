/** Loops over the pages of a list that ask for the same page again after a failure: `while (more) { try { … page++ } catch { log } }`. */
import { isAssignment, isFunction, some, ts, walk, type TS } from '../../syntax/syntax.js'

/** The name that the try sets when the last page has come; null for any other loop. */
export function lastPageFlag(attempt: TS.TryStatement, loop: TS.IterationStatement): string | null {
  const condition = conditionOf(loop)
  const call = condition && firstAwaited(attempt.tryBlock)
  if (!call) return null
  const set = namesSetIn(attempt.tryBlock, call.end)
  const setElsewhere = namesSetIn(loop, loop.pos, attempt.tryBlock)
  const isOfTry = (name: string): boolean => set.has(name) && !setElsewhere.has(name)
  const asksForPage = call.arguments.some((argument) => mentionsAny(argument, set))
  const skipsPage = call.arguments.some((argument) => mentionsAny(argument, setElsewhere))
  const flag = [...set].find((name) => isOfTry(name) && mentionsAny(condition, new Set([name])))
  return asksForPage && !skipsPage ? (flag ?? null) : null
}

function conditionOf(loop: TS.IterationStatement): TS.Expression | undefined {
  if (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) return loop.expression
  return ts.isForStatement(loop) && !loop.incrementor ? loop.condition : undefined
}

function firstAwaited(block: TS.Block): TS.CallExpression | null {
  let found: TS.CallExpression | null = null
  walk(block, (node) => {
    if (ts.isAwaitExpression(node) && ts.isCallExpression(node.expression)) found ??= node.expression
    return found === null && !isFunction(node)
  })
  return found
}

/** Variables that are given another value behind a place: `page++`, `cursor = answer.next`. */
function namesSetIn(root: TS.Node, behind: number, except: TS.Node | null = null): Set<string> {
  const names = new Set<string>()
  walk(root, (node) => {
    if (node === except) return false
    const place = node.pos >= behind ? placeSetBy(node) : null
    if (place && ts.isIdentifier(place)) names.add(place.text)
    return true
  })
  return names
}

function placeSetBy(node: TS.Node): TS.Expression | null {
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.PlusPlusToken ? node.operand : null
  if (!ts.isBinaryExpression(node)) return null
  const { kind } = node.operatorToken
  return isAssignment(kind) || kind === ts.SyntaxKind.PlusEqualsToken ? node.left : null
}

function mentionsAny(node: TS.Node, names: Set<string>): boolean {
  return some(node, (at) => ts.isIdentifier(at) && names.has(at.text))
}
