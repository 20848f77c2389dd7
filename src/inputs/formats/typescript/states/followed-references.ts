/** Code that follows references from one stored record to the next: does it notice that it comes back? */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { functionOf, practice } from '../survey/practice.js'
import { isStoreRead } from '../effects/writes.js'
import type { Survey } from '../survey/survey.js'
import { assignmentsIn } from '../syntax/noted-nodes.js'
import { bare, calleeName, enclosingFunction, ts, type TS } from '../syntax/syntax.js'

const PATTERN = 'reference-cycle'

export function followedReferences(survey: Survey): Practice[] {
  return survey.files.flatMap(({ calls, loops }) => [
    ...calls.flatMap((call) => recursionAt(survey, call)),
    ...loops.flatMap((loop) => loopAt(survey, loop)),
  ])
}

/** `this.escalate(policy.escalatesTo)` inside of `escalate`. */
function recursionAt(survey: Survey, call: TS.CallExpression): Practice[] {
  const reference = call.arguments.map((argument) => referenceOf(argument)).find((name) => name !== null)
  if (reference === undefined) return []
  const called = functionOf(survey, call.expression)
  if (!called?.body || !isInside(call, called) || !readsStore(survey, called.body)) return []
  return [judge(survey, call, reference, called)]
}

/** `while (policy) policy = await policies.find(policy.escalatesTo)`. */
function loopAt(survey: Survey, loop: TS.IterationStatement): Practice[] {
  if (ts.isForOfStatement(loop) || ts.isForInStatement(loop)) return []
  const followed = assignmentsIn(loop.statement).flatMap((at) => {
    const load = bare(at.right)
    if (at.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isIdentifier(at.left)) return []
    if (!ts.isCallExpression(load) || !readsStore(survey, load)) return []
    const own = at.left.text
    const reference = load.arguments
      .map((argument) => referenceOf(argument, own))
      .find((name) => name !== null)
    return reference === undefined ? [] : [{ at, reference: reference! }]
  })
  return followed.slice(-1).map(({ at, reference }) => judge(survey, at, reference, loop))
}

function judge(survey: Survey, at: TS.Node, reference: string, within: TS.Node): Practice {
  const isBounded = codeWords().stepBounds.test(within.getText())
  return isBounded
    ? practice(
        survey,
        at,
        PATTERN,
        'present',
        `Following \`${reference}\` counts its steps or remembers visited records`,
      )
    : practice(
        survey,
        at,
        PATTERN,
        'unknown',
        `\`${reference}\` of stored records is followed`,
        `may \`${reference}\` lead back to a record that was already visited? Nothing here counts the steps or remembers them: is it checked when a record is saved?`,
      )
}

/** `policy.escalatesTo`, of a given variable if one is asked for. */
function referenceOf(argument: TS.Expression, owner?: string): string | null {
  const node = bare(argument)
  if (!ts.isPropertyAccessExpression(node) || !codeWords().handsOver.test(node.name.text)) return null
  const isOwn = owner === undefined || (ts.isIdentifier(node.expression) && node.expression.text === owner)
  return isOwn ? node.name.text : null
}

function isInside(call: TS.CallExpression, outer: TS.FunctionLikeDeclaration): boolean {
  if (calleeName(call) === '') return false
  for (let at = enclosingFunction(call); at; at = enclosingFunction(at)) if (at === outer) return true
  return false
}

function readsStore(survey: Survey, node: TS.Node): boolean {
  return survey.reaches(node, isStoreRead) !== null
}
