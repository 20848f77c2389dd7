/** Whether the catch around a call learns of its failure: that of a promise only where it is waited for within the try. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { untoldOf } from '../../effects/untold.js'
import { functionOf } from '../../survey/practice.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { bare, calleeName, isFunction, some, ts, type TS } from '../../syntax/syntax.js'

/** Variables made of variables. */
const MAX_STEPS = 2

/** `at`: the call in the try; `call`: what goes out by it. */
export function reachesCatch(
  survey: Survey,
  at: TS.CallExpression,
  call: OutboundCall,
  within: TS.Node,
): boolean {
  if (isWaitedFor(at, within)) return true
  if (untoldOf(call)) return at === call.node || !isAsync(functionOf(survey, at.expression))
  const holder = holderOf(survey, call)
  return at === call.node && holder !== null && isSent(holder, within)
}

/**
 * The local variable that a call is collected by, and that is sent later: `batch.update(…)` of `batch = db.batch()`. Null
 * where it is the client itself that is called.
 */
export function holderOf(survey: Survey, { node, client }: OutboundCall): TS.Expression | null {
  let at: TS.Expression = bare(node.expression)
  while (ts.isPropertyAccessExpression(at)) {
    const owner = bare(at.expression)
    const found = survey.resolver.resolve(owner)
    const isMade = found.kind === 'value' && found.node === client.made
    if (isMade) return null
    if (found.kind === 'value' && ts.isCallExpression(found.node) && !ts.isCallExpression(owner)) return owner
    at = ts.isCallExpression(owner) ? bare(owner.expression) : owner
  }
  return null
}

/** Waited for by itself, or by the variable or list that its promise is put into. */
function isWaitedFor(call: TS.CallExpression, within: TS.Node): boolean {
  for (let at: TS.Node = call; at !== within && at.parent; at = at.parent) {
    if (ts.isAwaitExpression(at) || ts.isYieldExpression(at) || isFunction(at)) return true
    const kept = keptIn(at)
    if (kept) return isAwaited(kept, within)
    if (ts.isForOfStatement(at.parent) && at.parent.expression === at)
      return at.parent.awaitModifier !== undefined
    if (ts.isStatement(at) && !ts.isVariableStatement(at)) return false
  }
  return false
}

/** `const sent = send()`, `sent = send()`, `running.push(send())`. */
function keptIn(at: TS.Node): TS.Node | null {
  const { parent } = at
  if (ts.isVariableDeclaration(parent) && parent.initializer === at) return parent.name
  if (ts.isBinaryExpression(parent) && parent.right === at)
    return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken ? parent.left : null
  if (
    !ts.isCallExpression(parent) ||
    parent.expression === at ||
    !/^(push|add|set)$/.test(calleeName(parent))
  )
    return null
  const callee = bare(parent.expression)
  return ts.isPropertyAccessExpression(callee) && ts.isExpressionStatement(parent.parent)
    ? callee.expression
    : null
}

/** `await batch.commit()`, `await send(batch)`. */
function isSent(holder: TS.Node, within: TS.Node): boolean {
  const text = holder.getText()
  const sends = (node: TS.Node): boolean => {
    const { parent } = node
    if (!ts.isExpression(node) || node.getText() !== text) return false
    if (ts.isPropertyAccessExpression(parent)) return codeWords().sendsCollected.test(parent.name.text)
    return ts.isCallExpression(parent) && parent.expression !== node
  }
  return some(within, (node) => waitedAt(node).some((waited) => some(waited, sends)), false)
}

/** What stands for the promise is waited for: `await Promise.all(running)`. */
function isAwaited(kept: TS.Node, within: TS.Node): boolean {
  const names = new Set([kept.getText()])
  const says = (node: TS.Node): boolean => ts.isExpression(node) && names.has(node.getText())
  // Those made of it: `const all = [...others, sent]`.
  for (let step = 0; step < MAX_STEPS; step++)
    some(within, (node) => {
      const isMade = ts.isVariableDeclaration(node) && node.initializer && some(node.initializer, says)
      if (isMade) names.add(node.name.getText())
      return false
    })
  return some(within, (node) => waitedAt(node).some((waited) => some(waited, says)), false)
}

function waitedAt(node: TS.Node): TS.Expression[] {
  const waits = ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)
  return waits ? [(node as TS.AwaitExpression | TS.ForOfStatement).expression] : []
}

export function isAsync(called: TS.FunctionLikeDeclaration | null): boolean {
  return called?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false
}
