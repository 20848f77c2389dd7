/** What a cache is filled by, and whether those who miss at the same time share it. */
import { codeWords } from '../../../knowledge/code-words.js'
import { functionOf } from './practice.js'
import { bindingOf } from './scope.js'
import type { Survey } from './survey.js'
import { bare, calleeName, some, ts, type TS } from './syntax.js'

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

export function coalesces(around: TS.FunctionLikeDeclaration): boolean {
  const { coalesces: words } = codeWords()
  const outer = around.parent
  if (ts.isCallExpression(outer) && words.test(calleeName(outer))) return true
  return some(
    around,
    (node) => (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && words.test(node.text),
  )
}

/** What is called, on one line. */
export function nameOf({ expression }: TS.CallExpression): string {
  return expression.getText().replace(/\s+/g, '').slice(0, 60)
}
