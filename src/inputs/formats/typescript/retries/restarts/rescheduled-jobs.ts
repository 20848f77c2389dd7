/** Retries that are kept in a store: the time of the next attempt, written after a failure, and how it is spread. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { isInFailure } from './ways-back.js'
import { grows, isRandom } from '../../values/growing-delays.js'
import { practice } from '../../survey/practice.js'
import { bindingOf } from '../../syntax/scope.js'
import { isPlace, laterValues } from '../../values/set-again.js'
import type { Survey, Surveyed } from '../../survey/survey.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  isFunction,
  some,
  textOf,
  ts,
  walk,
  type TS,
  functionName,
} from '../../syntax/syntax.js'
import { valueOf } from '../../values/values.js'
import { isWrite } from '../../effects/writes.js'

export function rescheduledJobs(survey: Survey): Practice[] {
  const assigned = survey.files.flatMap((file) => assignedTimes(file))
  const written = survey.outbound.filter(isWrite).flatMap(({ node }) => writtenTimes(node))
  return [...new Set([...assigned, ...written])].flatMap((time) => judged(time, survey))
}

/** `job.attrs.nextRunAt = new Date(…)` */
function assignedTimes({ stores }: Surveyed): TS.Expression[] {
  return stores.flatMap(({ left, right }) => {
    // A field of the object itself is a gate of this process, and no job that is kept.
    const isOwn = left.expression.kind === ts.SyntaxKind.ThisKeyword
    return !isOwn && codeWords().nextAttempts.test(left.name.text) ? [right] : []
  })
}

/** `update({ data: { nextRetryAt: new Date(…) } })` */
function writtenTimes(call: TS.CallExpression): TS.Expression[] {
  const found: TS.Expression[] = []
  for (const argument of call.arguments)
    walk(argument, (at) => {
      if (ts.isPropertyAssignment(at) && codeWords().nextAttempts.test(textOf(at.name)))
        found.push(at.initializer)
      return !isFunction(at)
    })
  return found
}

function judged(time: TS.Expression, survey: Survey): Practice[] {
  const owner = enclosingFunction(time)
  if (!owner || !isAfterFailure(time, owner, survey)) return []
  const delays = delaysIn(time)
  if (delays.length === 0) return []
  const random = delays.some((delay) => isRandom(delay, survey.resolver))
  const known = delays.flatMap((delay) => {
    const value = valueOf(delay, survey.resolver)
    return value.kind === 'number' ? [value.value] : []
  })
  const growing = new Set(known).size > 1 || delays.some((delay) => grows(delay, survey.resolver))
  if (!random && !growing && known.length < delays.length) return []
  const grown = growing || random
  // One delay for one of several attempts: nobody sees what the others wait.
  const asksGrowth = grown || !ts.isIdentifier(presentOf(time))
  const told = 'The delay before a stored job is retried'
  const same = growing ? 'grows without jitter' : 'is constant'
  const at = (pattern: string, isThere: boolean, detail: string): Practice =>
    practice(survey, delays[0]!, pattern, isThere ? 'present' : 'absent', `${told} ${detail}`)
  return [
    ...(asksGrowth ? [at('retry-backoff', grown, grown ? 'grows' : same)] : []),
    at('retry-jitter', random, random ? 'has jitter' : same),
  ]
}

/** What a `new Date(…)` is made of. */
function presentOf(time: TS.Expression): TS.Expression {
  const node = bare(time)
  const given = ts.isNewExpression(node) ? node.arguments?.[0] : undefined
  return given ? bare(given) : node
}

/** Where something failed, or in a function that counts attempts; others only say when a job is due. */
function isAfterFailure(time: TS.Node, owner: TS.FunctionLikeDeclaration, survey: Survey): boolean {
  if (isInFailure(time, owner.getSourceFile(), survey)) return true
  const { attempts } = codeWords()
  const isFailure = (node: TS.Node): boolean => isInFailure(node, owner, survey)
  // What is set here and again after a failure is the time of the next round here.
  const name = fieldOf(time.parent)
  if (name !== null && some(owner, (node) => fieldOf(node) === name && isFailure(node))) return false
  const isCounted = (node: TS.Node): boolean =>
    ts.isIfStatement(node) && attempts.test(node.expression.getText()) && !isFailure(node)
  return attempts.test(functionName(owner)) || some(owner, isCounted)
}

/** The field of the next attempt that a node sets. */
function fieldOf(node: TS.Node): string | null {
  const name = ts.isPropertyAssignment(node)
    ? node.name
    : ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left)
      ? node.left.name
      : null
  return name && codeWords().nextAttempts.test(textOf(name)) ? textOf(name) : null
}

/** What is added to the present: `Date.now() + 30_000`, or to a variable that begins as the present. */
function delaysIn(time: TS.Expression): TS.Expression[] {
  const node = bare(time)
  if (ts.isNewExpression(node) && calleeName(node) === 'Date')
    return node.arguments?.[0] ? delaysIn(node.arguments[0]) : []
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return isPresent(node.left) ? [node.right] : isPresent(node.right) ? [node.left] : []
  if (!ts.isIdentifier(node)) return []
  const binding = bindingOf(node)
  if (binding?.kind !== 'value' || !ts.isExpression(binding.node)) return []
  if (!isPresent(binding.node)) return delaysIn(binding.node)
  return isPlace(node)
    ? laterValues(node).flatMap((value) => [
        ...delaysIn(value),
        ...(ts.isNumericLiteral(value) ? [value] : []),
      ])
    : []
}

function isPresent(expression: TS.Expression): boolean {
  return /^(Date\.now\(\)|now|(new Date\(\)|now)\.(getTime|valueOf)\(\))$/.test(bare(expression).getText())
}
