/** Locks that are looked at in one step and taken in another: between the two, others find them free as well. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { practice } from '../survey/practice.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import { isNoTaking } from './lock-marks.js'
import { outerLockOf, type OuterLock } from './outer-locks.js'
import { bare, calleeName, enclosingFunction, some, sourceOf, ts, walk, type TS } from '../syntax/syntax.js'

const PATTERN = 'split-lock'

export function splitLocks(survey: Survey): Practice[] {
  return survey.callsNamed(codeWords().putsLock).flatMap((call) => lockAt(survey, call))
}

/** `await cache.set('lock:…', …)`, which a condition on the same key stands before. */
function lockAt(survey: Survey, take: TS.CallExpression): Practice[] {
  const key = take.arguments[0]
  if (!key || !isWaitedFor(take) || !isLock(key)) return []
  const [asked] = [take, ...survey.callsThrough(take).map(({ node }) => node)].filter(isInOneStep)
  if (asked) return judgeOneStep(survey, take, key)
  const look = lookBefore(take, key)
  if (!look || isReadAgain(take, key) || isNoTaking(take, look)) return []
  const outer = outerLockOf(survey, look, take)
  return [outer ? judgeUnderLock(survey, take, outer) : inTwoSteps(survey, take, key, look)]
}

function inTwoSteps(survey: Survey, take: TS.CallExpression, key: TS.Expression, look: TS.Node): Practice {
  const detail = `\`${key.getText().slice(0, 40)}\` is checked and then set: between the two, other callers find the lock free and acquire it too`
  const related = [{ source: sourceOf(look), message: 'the lock is checked here' }]
  return practice(survey, take, PATTERN, 'absent', detail, null, related)
}

/** Those who hold the outer lock come one at a time; that of a process keeps those of the others from nothing. */
function judgeUnderLock(
  survey: Survey,
  take: TS.CallExpression,
  { node, name, holds, by }: OuterLock,
): Practice {
  const related = [{ source: sourceOf(node), message: 'the lock around it' }]
  const detail = `The lock is checked and acquired under another one, \`${name}\``
  if (holds === 'shared') return practice(survey, take, PATTERN, 'present', detail, null, related)
  const reason =
    holds === 'process'
      ? `\`${name}\` of ${by} lets one caller in at a time within one process only: do several instances acquire this lock?`
      : `${by}?`
  return practice(survey, take, PATTERN, 'unknown', detail, reason, related)
}

/** Who does not ask whether it was set goes on without the lock. */
function judgeOneStep(survey: Survey, take: TS.CallExpression, key: TS.Expression): Practice[] {
  if (!ts.isExpressionStatement(take.parent.parent))
    return [practice(survey, take, PATTERN, 'present', 'The lock is checked and acquired in one step')]
  const around = enclosingFunction(take)?.body
  const goesOn = around && some(around, (node) => ts.isAwaitExpression(node) && node.pos >= take.end, false)
  if (!goesOn || isReadAgain(take, key)) return []
  const detail = `\`${key.getText().slice(0, 40)}\` is set only if it is free, and nothing checks whether it was: the work continues without the lock`
  return [practice(survey, take, PATTERN, 'absent', detail)]
}

/** Of a map in memory nothing comes between two calls; here something else may run. */
function isWaitedFor({ parent }: TS.CallExpression): boolean {
  return ts.isAwaitExpression(parent)
}

/** By the name of the key, or what it is made of. */
function isLock(key: TS.Expression): boolean {
  const node = bare(key)
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  const made = binding?.kind === 'value' ? binding.node.getText().slice(0, 200) : ''
  return codeWords().lockKeys.test(`${node.getText()} ${made}`)
}

/** `NX`, `{ nx: true }`: it is set only where nobody has it. */
function isInOneStep(take: TS.CallExpression): boolean {
  return take.arguments.some((argument) =>
    some(
      argument,
      (at) => (ts.isStringLiteralLike(at) || ts.isIdentifier(at)) && codeWords().onlyIfAbsent.test(at.text),
    ),
  )
}

/** In a condition of the same function, of the same object and key. */
function lookBefore(take: TS.CallExpression, key: TS.Expression): TS.CallExpression | null {
  const around = enclosingFunction(take)?.body
  let look: TS.CallExpression | null = null
  if (around)
    walk(around, (node) => {
      if (look || node.pos > take.pos) return false
      if (isLook(node, take, key) && decides(node)) look = node
      return true
    })
  return look
}

function isLook(node: TS.Node, take: TS.CallExpression, key: TS.Expression): node is TS.CallExpression {
  return (
    ts.isCallExpression(node) &&
    codeWords().looksAtLock.test(calleeName(node)) &&
    node.arguments[0]?.getText() === key.getText() &&
    ownerOf(node) === ownerOf(take) &&
    isWaitedFor(node)
  )
}

function ownerOf({ expression }: TS.CallExpression): string {
  const callee = bare(expression)
  return ts.isPropertyAccessExpression(callee) ? callee.expression.getText() : ''
}

/** It is asked by a condition, or held by a variable that one asks. */
function decides(look: TS.CallExpression): boolean {
  for (let at: TS.Node = look; at.parent && !ts.isBlock(at.parent); at = at.parent) {
    const { parent } = at
    if ((ts.isIfStatement(parent) || ts.isWhileStatement(parent)) && parent.expression === at) return true
    if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return isAsked(parent.name)
  }
  return false
}

function isAsked(name: TS.Identifier): boolean {
  const around = enclosingFunction(name)?.body
  const asks = (node: TS.Node): boolean =>
    ts.isIfStatement(node) && some(node.expression, (at) => ts.isIdentifier(at) && at.text === name.text)
  return around !== undefined && some(around, asks)
}

/** Whoever reads afterwards whose token stands there knows whether the lock is its own. */
function isReadAgain(take: TS.CallExpression, key: TS.Expression): boolean {
  const around = enclosingFunction(take)?.body
  const isRead = (node: TS.Node): boolean =>
    node.pos > take.end && isLook(node, take, key) && calleeName(node).toLowerCase() === 'get'
  return around !== undefined && some(around, isRead)
}
