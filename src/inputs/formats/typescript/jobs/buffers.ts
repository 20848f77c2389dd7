/** Items that are collected in memory until a timer hands them on: a restart loses them, and so does a failed hand-over. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { functionOf, practice, somewhere } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { justificationOf, onlyLogs } from '../syntax/catch-clauses.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  some,
  sourceOf,
  symbolOf,
  ts,
  walk,
  type TS,
} from '../syntax/syntax.js'
import { isWrite } from '../effects/writes.js'

const TIMERS = /^set(Timeout|Interval)$/

interface Buffer {
  name: string
  /** Where its items are taken off. */
  taken: TS.Node
  flush: TS.FunctionLikeDeclaration
  /** The call that they are handed to. */
  handOver: TS.CallExpression
}

export function buffers(survey: Survey): Practice[] {
  return survey.callsNamed(TIMERS).flatMap((call) => {
    const buffer = bufferAt(survey, call)
    return buffer && !isBestEffort(buffer)
      ? [...judgeWait(survey, call, buffer), ...judgeLoss(survey, buffer)]
      : []
  })
}

/** What the items are handed to decides whether they may be lost; of a function that is given nobody knows. */
function judgeWait(survey: Survey, timer: TS.CallExpression, { name, flush, handOver }: Buffer): Practice[] {
  const write = survey.reaches(flush.body!, isWrite)
  const related = [{ source: sourceOf(handOver), message: 'what the items wait for' }]
  const wait = `Items wait in \`${name}\` for an in-process timer`
  if (write)
    return [
      practice(
        survey,
        timer,
        'in-memory-timer',
        'absent',
        `${wait}, which passes them to \`${write.method}\` of ${write.client.library.title}`,
        null,
        related,
      ),
    ]
  if (functionOf(survey, handOver.expression)) return []
  const reason = `\`${handOver.expression.getText().slice(0, 60)}\`, which takes the items in \`${name}\`, is passed in from elsewhere`
  return [practice(survey, timer, 'in-memory-timer', 'unknown', wait, reason, related)]
}

/** Taken off before they are handed over: when that fails and is only logged, nobody has them. */
function judgeLoss(survey: Survey, { name, taken, flush, handOver }: Buffer): Practice[] {
  const attempt = tryAround(handOver, flush)
  const clause = attempt?.catchClause
  if (!clause || taken.pos > handOver.pos || justificationOf(clause) !== null) return []
  const related = [{ source: sourceOf(taken), message: 'the items are removed here' }]
  const isLost = onlyLogs(clause.block)
  return [
    practice(
      survey,
      clause,
      'swallowed-error',
      isLost ? 'absent' : 'present',
      isLost
        ? `Items are removed from \`${name}\`, and when \`${handOver.expression.getText().slice(0, 60)}\` fails they are lost: the failure is only logged`
        : `A failure to pass on the items of \`${name}\` is handled`,
      null,
      related,
    ),
  ]
}

function tryAround(node: TS.Node, within: TS.Node): TS.TryStatement | null {
  for (let at = node.parent; at && at !== within; at = at.parent)
    if (ts.isTryStatement(at) && node.pos >= at.tryBlock.pos && node.end <= at.tryBlock.end) return at
  return null
}

function isBestEffort({ name, flush }: Buffer): boolean {
  const where = `${symbolOf(flush)} ${name}`
  return codeWords().harmlessTimers.test(where) || codeWords().bestEffort.test(where)
}

/** The buffer that a timer empties. */
function bufferAt(survey: Survey, timer: TS.CallExpression): Buffer | null {
  if (!ts.isIdentifier(timer.expression)) return null
  const callback = functionOf(survey, timer.arguments[0])
  if (!callback?.body) return null
  let found: Buffer | null = null
  somewhere(survey, callback.body, (node) => {
    found = takenAt(node)
    return found !== null
  })
  return found
}

function takenAt(node: TS.Node): Buffer | null {
  const place = emptied(node)
  const flush = enclosingFunction(node)
  if (place === null || !flush?.body || !isFilledElsewhere(place, flush)) return null
  const items = namesOfItems(place, flush)
  const handOver = callWith(items, flush)
  return handOver ? { name: place, taken: node, flush, handOver } : null
}

/** `this.batch = []`, `queue.splice(0)`: the place that is emptied, as it is written. */
function emptied(node: TS.Node): string | null {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const isEmpty = ts.isArrayLiteralExpression(node.right) && node.right.elements.length === 0
    return isEmpty ? node.left.getText() : null
  }
  if (!ts.isCallExpression(node) || calleeName(node) !== 'splice') return null
  const callee = bare(node.expression)
  const fromStart = node.arguments[0]?.getText() === '0'
  return fromStart && ts.isPropertyAccessExpression(callee) ? callee.expression.getText() : null
}

function isFilledElsewhere(place: string, flush: TS.FunctionLikeDeclaration): boolean {
  return some(
    flush.getSourceFile(),
    (node) =>
      ts.isCallExpression(node) &&
      node.expression.getText() === `${place}.push` &&
      enclosingFunction(node) !== flush,
  )
}

/** Variables of the function that hold the items: `const batch = [...this.batch]`. */
function namesOfItems(place: string, flush: TS.FunctionLikeDeclaration): Set<string> {
  const names = new Set<string>()
  walk(flush.body!, (node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return
    const loop = node.parent.parent
    const isItem = ts.isForOfStatement(loop) && names.has(loop.expression.getText())
    if (isItem || node.initializer?.getText().includes(place)) names.add(node.name.text)
  })
  return names
}

/** The first call that is awaited and given one of the items. */
function callWith(items: Set<string>, flush: TS.FunctionLikeDeclaration): TS.CallExpression | null {
  let found: TS.CallExpression | null = null
  some(flush.body!, (node) => {
    if (
      ts.isCallExpression(node) &&
      ts.isAwaitExpression(node.parent) &&
      node.arguments.some((argument) => some(argument, (at) => ts.isIdentifier(at) && items.has(at.text)))
    )
      found = node
    return found !== null
  })
  return found
}
