/** What a cache is filled by, and whether those who miss at the same time share it. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { hasWord } from '../../../../knowledge/identifier-words.js'
import { functionOf } from '../survey/practice.js'
import { bindingOf } from '../syntax/scope.js'
import { isShared } from './shared-promises.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, some, textOf, ts, type TS } from '../syntax/syntax.js'

export const PATTERN = 'cache-stampede-protection'

/** `fetch(url)` rather than the `response.text()` that reads what came back. */
export function requestBehind(survey: Survey, load: TS.CallExpression): TS.CallExpression {
  const callee = bare(load.expression)
  if (!ts.isPropertyAccessExpression(callee) || survey.outboundAt(load)) return load
  const receiver = bare(callee.expression)
  const binding = ts.isIdentifier(receiver) ? bindingOf(receiver) : null
  const asked = binding?.kind === 'value' && binding.path.length === 0 ? binding.node : receiver
  const isAsked = ts.isCallExpression(asked) && survey.callsFrom(asked).length > 0
  return isAsked && !functionOf(survey, callee) ? asked : load
}

/** By what is done with the promise of a load, or by words for that in the functions around. */
export function isCoalesced(
  survey: Survey,
  load: TS.CallExpression,
  around: TS.FunctionLikeDeclaration[],
): boolean {
  return around.some(speaksOfCoalescing) || isShared(survey, load)
}

function speaksOfCoalescing(around: TS.FunctionLikeDeclaration): boolean {
  const { coalesces: words } = codeWords()
  const outer = around.parent
  if (ts.isCallExpression(outer) && hasWord(calleeName(outer), words)) return true
  return some(
    around,
    (node) =>
      setsOnce(node) ||
      (ts.isIdentifier(node) && namesCode(node) && hasWord(node.text, words) && !isOwnList(node, around)),
  )
}

/** `pagePromises`, a list of the function itself: no other call of it comes to what is in there. */
function isOwnList(name: TS.Identifier, around: TS.FunctionLikeDeclaration): boolean {
  if (!codeWords().listsOfPromises.test(name.text)) return false
  const binding = bindingOf(name)
  if (binding?.kind !== 'value' && binding?.kind !== 'variable') return false
  const at = binding.kind === 'value' ? binding.node : binding.declaration
  return at.getSourceFile() === around.getSourceFile() && around.pos <= at.pos && at.end <= around.end
}

/** `set(key, '1', 'NX')`, `set(key, '1', { NX: true })`: an option of Redis by which one of many wins. */
function setsOnce(node: TS.Node): boolean {
  if (ts.isStringLiteralLike(node)) return node.text === 'NX' && ts.isCallExpression(node.parent)
  return ts.isPropertyAssignment(node) && textOf(node.name) === 'NX'
}

/** A variable, a function or a field of `this`; no key of an object, no type and no member of a value. */
function namesCode(name: TS.Identifier): boolean {
  const { parent } = name
  if (ts.isPropertyAssignment(parent)) return parent.initializer === name
  if (ts.isTypeNode(parent) || ts.isPropertySignature(parent)) return false
  if (!ts.isPropertyAccessExpression(parent) || parent.name !== name) return true
  const isCalled = ts.isCallExpression(parent.parent) && parent.parent.expression === parent
  return isCalled || parent.expression.kind === ts.SyntaxKind.ThisKeyword
}

/** What is called, on one line. */
export function nameOf({ expression }: TS.CallExpression): string {
  return expression.getText().replace(/\s+/g, '').slice(0, 60)
}
