/** What keeps two replicas from doing one job: a lock that both see, or a claim on each item in the store. */
import type { Guard } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { callSomewhere, functionOf, somewhere } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, some, ts, type TS } from '../syntax/syntax.js'

export interface JobGuard {
  state: Guard['state']
  detail: string
  reason: string | null
}

const NO_LOCK = 'Every instance runs the job: no lock between instances was found around it'

/** A lock or a claim that all instances see. */
export function sharedGuardIn(survey: Survey, body: TS.Node): JobGuard | null {
  if (somewhere(survey, body, isSharedLock))
    return { state: 'present', detail: 'A lock decides which instance runs the job', reason: null }
  if (somewhere(survey, body, (node) => isClaim(node, survey)))
    return {
      state: 'present',
      detail: 'Each item is claimed in the store before it is processed',
      reason: null,
    }
  return null
}

export function guardOfJob(survey: Survey, at: TS.Node, body: TS.Node): JobGuard {
  const shared = sharedGuardIn(survey, body)
  if (shared) return shared
  const lock = lockCalled(survey, body)
  if (lock) return byNamedLock(survey, lock)
  if (asksEnvironment(at) || asksEnvironment(body))
    return unknown('a setting of the environment decides where it runs, and may be set for one instance only')
  return { state: 'absent', detail: NO_LOCK, reason: null }
}

export function isSharedLock(node: TS.Node): boolean {
  return (
    (ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) &&
    codeWords().sharedLocks.test(node.text)
  )
}

function lockCalled(survey: Survey, body: TS.Node): TS.CallExpression | null {
  return callSomewhere(survey, body, (call) => codeWords().locks.test(calleeName(call)))
}

/** A lock of one process is none; one that could be followed shows nothing that others see. */
function byNamedLock(survey: Survey, lock: TS.CallExpression): JobGuard {
  const name = lock.expression.getText().slice(0, 60)
  const module = processLockOf(survey, lock)
  if (module !== null)
    return {
      state: 'absent',
      detail: `Every instance runs the job: \`${name}\` of ${module} holds in one process only`,
      reason: null,
    }
  if (functionOf(survey, lock.expression))
    return unknown(`nothing in \`${name}\` says that the lock it acquires holds between instances`)
  return { state: 'present', detail: `\`${name}\` decides which instance runs the job`, reason: null }
}

/** The module of a lock that holds in one process only; null for any other. */
export function processLockOf(survey: Survey, lock: TS.CallExpression): string | null {
  const callee = bare(lock.expression)
  const owner = ts.isPropertyAccessExpression(callee) ? callee.expression : callee
  const found = survey.resolver.resolve(owner)
  const made =
    found.kind === 'value' && (ts.isNewExpression(found.node) || ts.isCallExpression(found.node))
      ? survey.resolver.resolve(found.node.expression)
      : found
  return made.kind === 'library' && codeWords().processLocks.includes(made.module) ? made.module : null
}

/** `findOneAndUpdate(…)`, or a condition that asks how many rows an update met. */
function isClaim(node: TS.Node, survey: Survey): boolean {
  if (ts.isCallExpression(node)) return codeWords().claims.test(calleeName(node))
  if (!ts.isIfStatement(node)) return false
  return some(node.expression, (at) => {
    if (!ts.isPropertyAccessExpression(at)) return false
    if (!/^(count|modifiedCount|affected|affectedRows|rowCount)$/.test(at.name.text)) return false
    const counted = survey.resolver.resolve(at.expression)
    return (
      counted.kind === 'value' &&
      ts.isCallExpression(counted.node) &&
      /^update/.test(calleeName(counted.node))
    )
  })
}

/** Around the place, or in the function's first condition. */
function asksEnvironment(node: TS.Node): boolean {
  const isAsked = (condition: TS.Expression): boolean => /process\.env|cluster\.is/.test(condition.getText())
  for (let at = node.parent; at && !ts.isSourceFile(at); at = at.parent)
    if (ts.isIfStatement(at) && isAsked(at.expression)) return true
  const [first] = ts.isBlock(node) ? node.statements : []
  return first !== undefined && ts.isIfStatement(first) && isAsked(first.expression)
}

function unknown(reason: string): JobGuard {
  return { state: 'unknown', detail: 'Every instance may run the job', reason }
}
