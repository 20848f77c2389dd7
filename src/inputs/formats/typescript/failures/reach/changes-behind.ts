/** Changes that a function of the project makes somewhere below, and whose failure comes back to who waits for that function. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { isKept } from './leaving-failures.js'
import type { Given } from '../../modules/resolved.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { callsIn } from '../../syntax/noted-nodes.js'
import { bare, calleeName, isFunction, ts, type TS } from '../../syntax/syntax.js'
import { untoldOf } from '../../effects/untold.js'
import { reached } from '../../values/conditions.js'

/** Functions below the one that is called: further down a change is seldom what the call is for. */
const MAX_DEPTH = 4
/** Whoever waits for these learns of what fails in those that they are given. */
const PASSES_ON = /^Promise\.(all|race|any)$/

type Wanted = (call: OutboundCall) => boolean

/** The nearest one that what is given does not exclude; null where none of their failures comes back. */
export function changeBehind(
  survey: Survey,
  call: TS.CallExpression,
  wanted: Wanted,
  outer: readonly Given[] = [],
): OutboundCall | null {
  for (const of of survey.calledBy(call)) {
    const { body } = of
    // Most code leads to no such call at all.
    if (!body || !survey.reaches(body, wanted)) continue
    const found = changeIn(survey, body, wanted, [{ of, call }, ...outer])
    if (found) return found
  }
  return null
}

function changeIn(
  survey: Survey,
  body: TS.Node,
  wanted: Wanted,
  given: readonly Given[],
): OutboundCall | null {
  const waited = callsIn(body).filter((one) => isWaitedFor(one, body) && !isKept(one, body))
  const isExcluded = (one: TS.Node): boolean => reached(one, body, survey.resolver.under(given)) === 'no'
  for (const one of waited) {
    const direct = survey.outboundAt(one)
    if (direct && wanted(direct) && !untoldOf(direct) && !isExcluded(one)) return direct
  }
  if (given.length >= MAX_DEPTH) return null
  for (const one of waited) {
    const isFollowed = isCalledToAct(one) && !survey.outboundAt(one)
    const found = isFollowed ? changeBehind(survey, one, wanted, given) : null
    if (found && !isExcluded(one)) return found
  }
  return null
}

/** By its name: not to be told something, and not for what may be lost. */
export function isCalledToAct(call: TS.CallExpression): boolean {
  const { answersQuestion, bestEffort } = codeWords()
  return !answersQuestion.test(calleeName(call)) && !bestEffort.test(call.expression.getText())
}

/** By `await`, or because it is given on, also out of the callbacks of calls that are waited for themselves. */
export function isWaitedFor(call: TS.Node, within: TS.Node): boolean {
  let at = call
  while (at !== within) {
    const { parent } = at
    if (!parent) return false
    if (ts.isAwaitExpression(parent) || ts.isReturnStatement(parent) || isArrowValue(at)) {
      const owner = functionAround(parent)
      if (owner === null || owner === within.parent || owner.body === within || isOutside(owner, within))
        return true
      // `items.map(async (item) => …)`: what becomes of that.
      if (!ts.isCallExpression(owner.parent) || bare(owner.parent.expression) === owner) return false
      at = owner.parent
    } else if (leadsOn(at)) at = parent
    else return false
  }
  return true
}

function functionAround(node: TS.Node): TS.FunctionLikeDeclaration | null {
  for (let at: TS.Node | undefined = node; at; at = at.parent) if (isFunction(at)) return at
  return null
}

const isOutside = (owner: TS.Node, within: TS.Node): boolean =>
  owner.pos <= within.pos && within.end <= owner.end

/** What `() => save()` gives back. */
function isArrowValue(at: TS.Node): boolean {
  return ts.isArrowFunction(at.parent) && at.parent.body === at
}

/** Who stands around gives the same promise on, or one that fails with it. */
function leadsOn(at: TS.Node): boolean {
  const { parent } = at
  if (ts.isCallExpression(parent))
    return parent.expression === at || PASSES_ON.test(parent.expression.getText())
  return (
    ts.isPropertyAccessExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isConditionalExpression(parent) ||
    (ts.isBinaryExpression(parent) && parent.right === at && !isAssignment(parent))
  )
}

const isAssignment = ({ operatorToken }: TS.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.EqualsToken
