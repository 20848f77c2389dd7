/** Failures that the work turns into others before its retry asks them: `catch (error) { throw new ShopError('no answer') }`. */
import { somewhere } from '../../survey/practice.js'
import { asksFor } from '../conditions/retry-conditions.js'
import type { Retry } from '../places/hand-written-retries.js'
import type { Survey } from '../../survey/survey.js'
import { isFunction, ts, type TS } from '../../syntax/syntax.js'

/** The name of the error that the retry gets instead and does not ask for by itself; null where it gets what failed. */
export function wrapperOf(retry: Retry, work: TS.Node[], survey: Survey): string | null {
  const outside = retry.conditions.filter((asked) => !retry.work.some((node) => isWithin(asked, node)))
  // What the work asks itself, it asks before.
  if (outside.length < retry.conditions.length || outside.length === 0) return null
  let found: string | null = null
  const isWrapped = (node: TS.Node): boolean => {
    const name = ts.isThrowStatement(node) && isCaught(node) ? nameOfNew(node.expression) : null
    if (name !== null && !asksFor(outside, survey, (asked) => speaksOf(asked, name))) found = name
    return found !== null
  }
  work.some((node) => somewhere(survey, node, isWrapped))
  return found
}

function isWithin(node: TS.Node, other: TS.Node): boolean {
  return node.getSourceFile() === other.getSourceFile() && node.pos >= other.pos && node.end <= other.end
}

/** In a catch clause of its function. */
function isCaught(node: TS.Node): boolean {
  for (let at = node.parent; at && !isFunction(at); at = at.parent) if (ts.isCatchClause(at)) return true
  return false
}

function nameOfNew(thrown: TS.Expression): string | null {
  return ts.isNewExpression(thrown) && ts.isIdentifier(thrown.expression) ? thrown.expression.text : null
}

/** `error instanceof ShopError`, or the failure behind it: `error.cause`. */
function speaksOf(asked: TS.Node, name: string): boolean {
  if (ts.isIdentifier(asked)) return asked.text === name || asked.text === 'cause'
  return ts.isStringLiteralLike(asked) && asked.text === name
}
