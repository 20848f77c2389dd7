/** Places where work is tried again by hand after a failure: loops, and functions that call themselves. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { changesRequest } from './changed-requests.js'
import { functionOf } from '../../survey/practice.js'
import { conditionsOf, leaves, leavingConditions, statusesOf } from '../conditions/retry-conditions.js'
import { tellsOfFailure } from './polling.js'
import { takesNext, waitsForOthers } from './non-repeating-loops.js'
import { failureAround, type Failure } from './failure-handlers.js'
import { lastPageFlag } from './page-loops.js'
import { flagSetIn } from './success-flags.js'
import type { Survey } from '../../survey/survey.js'
import { calleeName, enclosingFunction, some, ts, type TS, functionName } from '../../syntax/syntax.js'

export interface Retry {
  how: 'loop' | 'recursion' | 'interceptor' | 'library'
  /** Where it is written: the loop, or the call that starts the work again. */
  place: TS.Node
  /** Where it is decided to try again. */
  decision: TS.Node
  /** What is done again. */
  work: TS.Node[]
  /** What is asked between a failure and the next attempt. */
  conditions: TS.Node[]
  /** Of a loop that ends with a success the name that the success sets: `done` of `while (!done)`. */
  until: string | null
  /** It asks for a page of a list again. */
  isPage?: boolean
  /** Something else chooses the failures: an error that ends the retries, or a function that cannot be read. */
  chosen: 'elsewhere' | 'hidden' | null
  /** The function whose callers say what is done. */
  owner: TS.FunctionLikeDeclaration | null
}

export function loopRetries(loops: TS.IterationStatement[], survey: Survey): Retry[] {
  return loops.flatMap((loop) => {
    const attempt = attemptIn(loop, survey)
    if (!attempt) return []
    const { tryBlock, catchClause, until, isPage, asked } = attempt
    return [
      {
        how: 'loop',
        place: loop,
        decision: catchClause,
        work: [tryBlock],
        conditions: [...leavingConditions(catchClause.block), ...refusalsIn(tryBlock, survey), ...asked],
        until,
        isPage,
        chosen: null,
        owner: enclosingFunction(loop),
      },
    ]
  })
}

/** Conditions on the status of an answer by which the try is left for good. */
function refusalsIn(tryBlock: TS.Block, survey: Survey): TS.Expression[] {
  return leavingConditions(tryBlock, false).filter((condition) =>
    statusesOf([condition], survey).some((status) => status >= 400),
  )
}

interface Attempt {
  tryBlock: TS.Block
  catchClause: TS.CatchClause
  until: string | null
  isPage: boolean
  /** What is asked of an answer before it counts as a success. */
  asked: TS.Expression[]
}

/** The try of a loop that is left on success and whose catch goes on: polling and consuming loops are not left. */
function attemptIn(loop: TS.IterationStatement, survey: Survey): Attempt | null {
  if (ts.isForInStatement(loop) || !ts.isBlock(loop.statement)) return null
  const attempt = loop.statement.statements.find(ts.isTryStatement)
  if (!attempt?.catchClause || alwaysLeaves(attempt.catchClause.block)) return null
  const { tryBlock, catchClause } = attempt
  if (ts.isForOfStatement(loop) && isOverItems(loop)) return null
  const flag = flagSetIn(tryBlock, loop)
  const pages = flag ? null : lastPageFlag(attempt, loop)
  const until = flag?.name ?? pages
  if (until === null && !leaves(tryBlock, false)) return null
  const works = some(
    tryBlock,
    (node) => ts.isAwaitExpression(node) || (ts.isCallExpression(node) && survey.outboundAt(node) !== null),
    false,
  )
  if (takesNext(loop, tryBlock, survey) || waitsForOthers(loop, tryBlock, survey)) return null
  if (changesRequest(catchClause, tryBlock, survey)) return null
  return works ? { tryBlock, catchClause, until, isPage: pages !== null, asked: flag?.asked ?? [] } : null
}

/** Each round works on an item of its own, unlike those of `for (const delay of [100, 500])`. */
function isOverItems({ initializer, awaitModifier }: TS.ForOfStatement): boolean {
  const { attempts, listsOfAttempts } = codeWords()
  const name = ts.isVariableDeclarationList(initializer)
    ? initializer.declarations[0]?.name.getText()
    : undefined
  const isAttempt = name !== undefined && (attempts.test(name) || listsOfAttempts.test(name))
  return awaitModifier !== undefined || !isAttempt
}

/** Its last word is to leave, and nothing before it goes back to the start of the loop. */
function alwaysLeaves(block: TS.Block): boolean {
  return (
    !some(block, ts.isContinueStatement, false) &&
    block.statements.some(
      (statement) =>
        ts.isThrowStatement(statement) || ts.isReturnStatement(statement) || ts.isBreakStatement(statement),
    )
  )
}

/** Functions that call themselves where something failed. One that does so anyway is the loop of a daemon. */
const recursive = new WeakMap<TS.CallExpression[], Retry[]>()

/** Among the calls of a file. */
export function recursiveRetries(calls: TS.CallExpression[], survey: Survey): Retry[] {
  let found = recursive.get(calls)
  if (!found) recursive.set(calls, (found = findRecursive(calls, survey)))
  return found
}

function findRecursive(calls: TS.CallExpression[], survey: Survey): Retry[] {
  return calls.flatMap((call) => {
    const owner = ownerCalledAgain(call, survey)
    if (!owner?.body) return []
    const failure = failureAround(call, owner)
    const asked = conditionsOf(call, failure?.block ?? owner.body)
    const conditions = failure ? asked : asked.filter((condition) => isOfAnswer(condition, call, owner))
    if (!failure && !countsAttempts(call, conditions)) return []
    if (failure && callsItselfOutside(owner, failure, survey)) return []
    return [
      {
        how: 'recursion',
        place: call,
        decision: outermostIf(call, failure?.node ?? owner) ?? failure?.node ?? call,
        work: [failure?.work ?? owner.body],
        conditions,
        until: null,
        chosen: null,
        owner,
      },
    ]
  })
}

/**
 * Without a catch an answer decides: what stands around the call is asked of it, and what before speaks of failures or attempts.
 * What an earlier catch asks of an error says nothing of the answer.
 */
function isOfAnswer(condition: TS.Expression, call: TS.Node, owner: TS.Node): boolean {
  const isAround = condition.parent.pos <= call.pos && call.end <= condition.parent.end
  if (isAround) return true
  if (failureAround(condition, owner)) return false
  return some(condition, tellsOfFailure) || codeWords().attempts.test(condition.getText())
}

function ownerCalledAgain(call: TS.CallExpression, survey: Survey): TS.FunctionLikeDeclaration | null {
  const name = calleeName(call)
  if (name === '') return null
  for (let owner = enclosingFunction(call); owner; owner = enclosingFunction(owner))
    if (functionName(owner) === name) return functionOf(survey, call.expression) === owner ? owner : null
  return null
}

/** `send(request, attempt + 1)` under a condition: a count goes up with each try, unlike the page of a list. */
function countsAttempts(call: TS.CallExpression, conditions: TS.Expression[]): boolean {
  const { attempts } = codeWords()
  return conditions.length > 0 && call.arguments.some((argument) => attempts.test(argument.getText()))
}

function callsItselfOutside(owner: TS.FunctionLikeDeclaration, failure: Failure, survey: Survey): boolean {
  return some(
    owner.body!,
    (node) =>
      ts.isCallExpression(node) &&
      ownerCalledAgain(node, survey) === owner &&
      failureAround(node, owner)?.node !== failure.node,
  )
}

function outermostIf(node: TS.Node, end: TS.Node): TS.IfStatement | null {
  let found: TS.IfStatement | null = null
  for (let at = node; at !== end; at = at.parent) if (ts.isIfStatement(at)) found = at
  return found
}
