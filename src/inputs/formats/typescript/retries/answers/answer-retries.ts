/** Loops that catch nothing and make a request again by what its answer says: `if (answer.ok) return answer`. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { hasWord } from '../../../../../knowledge/identifier-words.js'
import { saysOf, type Answer } from './answer-conditions.js'
import { leavingConditions } from '../conditions/retry-conditions.js'
import { answerSetBy } from './answer-variables.js'
import type { Retry } from '../places/hand-written-retries.js'
import { waitsForState } from '../repeated/repeated-work.js'
import type { Survey } from '../../survey/survey.js'
import { endsByLeaving, isLeave } from '../../syntax/leaving.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  isFunction,
  some,
  ts,
  walk,
  type TS,
  symbolOf,
} from '../../syntax/syntax.js'

const ANSWERS = ['http', 'saas', 'object-store']

interface Request extends Answer {
  statement: TS.Statement
  call: TS.CallExpression
}

interface Decision {
  node: TS.Node
  asked: TS.Expression
}

export function answerRetries(loops: TS.IterationStatement[], survey: Survey): Retry[] {
  return loops.flatMap((loop) => {
    if (ts.isForOfStatement(loop) || ts.isForInStatement(loop) || !ts.isBlock(loop.statement)) return []
    const request = requestIn(loop.statement, survey)
    const decision = request && decisionIn(loop, loop.statement, request, survey)
    if (!request || !decision || isOther(loop, request) || waits(loop, request)) return []
    if (asksForOne(decision.asked) && !saysAttempts(loop)) return []
    return [
      {
        how: 'loop',
        place: loop,
        decision: decision.node,
        work: [request.statement],
        conditions: [...new Set([decision.asked, ...leavingConditions(loop.statement), ...request.refused])],
        until: decision.node === decision.asked && request.name !== '' ? request.name : null,
        chosen: null,
        owner: enclosingFunction(loop),
      },
    ]
  })
}

/** `const answer = await fetch(url)`, also with what a `catch` of the promise gives instead. */
function requestIn(block: TS.Block, survey: Survey): Request | null {
  for (const statement of block.statements) {
    const set = answerSetBy(statement)
    const promise = set && bare(set.value)
    if (!promise || !ts.isCallExpression(promise) || !ts.isAwaitExpression(promise.parent)) continue
    const caught = callCaught(promise)
    const call = caught?.call ?? promise
    const isRemote = survey
      .callsFrom(call)
      .some(({ client }) => ANSWERS.includes(client.library.protocol ?? ''))
    if (isRemote)
      return { ...set.answer, isCaught: caught !== null, refused: caught?.refused ?? [], statement, call }
  }
  return null
}

/** `fetch(url).catch(() => null)`: what is asked of the failure there is asked of the retry. */
function callCaught(call: TS.CallExpression): { call: TS.CallExpression; refused: TS.Expression[] } | null {
  const callee = bare(call.expression)
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'catch') return null
  const inner = bare(callee.expression)
  const handler = call.arguments[0]
  if (!ts.isCallExpression(inner) || !handler || !isFunction(handler) || !handler.body) return null
  return { call: inner, refused: leavingConditions(handler.body) }
}

/** Where a success leaves the loop and a failure goes round. */
function decisionIn(
  loop: TS.IterationStatement,
  { statements }: TS.Block,
  request: Request,
  survey: Survey,
): Decision | null {
  if (ts.isDoStatement(loop) && saysOf(loop.expression, request, survey) === 'failure')
    return { node: loop.expression, asked: loop.expression }
  const last = statements.at(-1)!
  for (const statement of statements.slice(statements.indexOf(request.statement) + 1)) {
    if (!ts.isIfStatement(statement)) continue
    const says = saysOf(statement.expression, request, survey)
    if (says === null) continue
    const { thenStatement: then, elseStatement: otherwise } = statement
    const [good, bad] = says === 'success' ? [then, otherwise] : [otherwise, then]
    const isLeft = good ? leavesWell(good) || setsAsked(good, loop) : isReturn(last)
    const goesRound = bad
      ? !endsByLeaving(bad) && (good !== undefined || endsByContinuing(bad))
      : !isLeave(last)
    if (isLeft && goesRound) return { node: statement, asked: statement.expression }
  }
  return null
}

const isReturn = (node: TS.Node): boolean => ts.isReturnStatement(node) || ts.isBreakStatement(node)

function leavesWell(branch: TS.Statement): boolean {
  return ts.isBlock(branch) ? branch.statements.some(isReturn) : isReturn(branch)
}

function endsByContinuing(branch: TS.Statement): boolean {
  return ts.isBlock(branch) ? branch.statements.some(ts.isContinueStatement) : ts.isContinueStatement(branch)
}

/** `done = true` in `while (!done)`. */
function setsAsked(branch: TS.Statement, loop: TS.IterationStatement): boolean {
  const condition = ts.isForStatement(loop)
    ? loop.condition
    : ts.isWhileStatement(loop) || ts.isDoStatement(loop)
      ? loop.expression
      : undefined
  const isAsked = (name: string): boolean =>
    condition !== undefined && some(condition, (node) => ts.isIdentifier(node) && node.text === name)
  const statements = ts.isBlock(branch) ? branch.statements : [branch]
  return statements.some((statement) => {
    const set = ts.isExpressionStatement(statement) ? statement.expression : null
    return (
      set !== null &&
      ts.isBinaryExpression(set) &&
      set.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      /^(true|false)$/.test(set.right.getText()) &&
      isAsked(set.left.getText())
    )
  })
}

/** Each round asks somebody else, or for something else: what the call or its first argument is made of is set anew. */
function isOther(loop: TS.IterationStatement, { call }: Request): boolean {
  const changed = new Set<string>()
  const add = (place: TS.Node): unknown => changed.add(/^(?:this\.)?\w+/.exec(place.getText())?.[0] ?? '')
  walk(loop, (node) => {
    if (ts.isBinaryExpression(node) && /^[^=!<>]?=$/.test(node.operatorToken.getText())) add(node.left)
    if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
      if (/\+\+|--/.test(node.getText())) add(node.operand)
    }
    if (ts.isVariableDeclaration(node) && !ts.isForStatement(node.parent.parent) && !isDrawn(node, changed))
      add(node.name)
    return !isFunction(node)
  })
  const told = call.arguments[0] ? [call.expression, call.arguments[0]] : [call.expression]
  return told.some((part) => some(part, (node) => changed.has(node.getText())))
}

/** One of two that are always the same, by chance: it may be the same again. */
function isDrawn({ initializer }: TS.VariableDeclaration, changed: Set<string>): boolean {
  if (!initializer) return false
  const isChance = (node: TS.Node): boolean => node.getText() === 'Math.random()'
  const isNew = (node: TS.Node): boolean =>
    changed.has(node.getText()) ||
    ((ts.isCallExpression(node) || ts.isNewExpression(node)) && !isChance(node))
  return some(initializer, isChance) && !some(initializer, isNew)
}

/** `status === 200`: another success, such as 202, may only say that it is not there yet. */
const asksForOne = (asked: TS.Expression): boolean => /[=!]==?\s*20[014]\b/.test(asked.getText())

/** In the head of the loop or in the name of its function. */
function saysAttempts(loop: TS.IterationStatement): boolean {
  const head = loop.getText().slice(0, loop.statement.getStart() - loop.getStart())
  const end = ts.isDoStatement(loop) ? loop.expression.getText() : ''
  return codeWords().attempts.test(`${head} ${end} ${symbolOf(loop)}`)
}

/** It only asks whether something is there yet, or whether somebody is well. */
function waits(loop: TS.IterationStatement, { call }: Request): boolean {
  const told = [calleeName(call), call.arguments[0]?.getText() ?? ''].join(' ')
  return waitsForState(loop) || hasWord(told.replace(/\W+/g, ' '), codeWords().asksHealth)
}
