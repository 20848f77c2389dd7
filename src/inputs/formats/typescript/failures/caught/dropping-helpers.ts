/** `await trySafe(() => save(order))`: a helper catches what fails, and nobody looks at what it gives instead. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { endOf } from '../../syntax/catch-clauses.js'
import { functionOf } from '../../survey/practice.js'
import { bindingOf } from '../../syntax/scope.js'
import type { Survey } from '../../survey/survey.js'
import { lost } from './dropped-failures.js'
import { writeIn } from '../reach/writes-within.js'
import { isLeftAlone } from './swallowed-rejections.js'
import { bare, some, ts, type TS } from '../../syntax/syntax.js'

export function droppingHelpers(survey: Survey): Practice[] {
  return survey.files.flatMap(({ calls }) => calls.flatMap((call) => droppedAt(survey, call)))
}

function droppedAt(survey: Survey, call: TS.CallExpression): Practice[] {
  const work = isForgotten(call) ? call.arguments[0] : undefined
  if (!work || isLeftAlone(call)) return []
  const write = writeIn(bare(work), survey)
  const end = write && endOfFailure(survey, call)
  return write && end ? [lost(survey, call, write, end)] : []
}

/** It is waited for, and what it gives goes nowhere. */
function isForgotten({ parent }: TS.CallExpression): boolean {
  return ts.isAwaitExpression(parent) && ts.isExpressionStatement(parent.parent)
}

/** What the helper does with a failure of the work that it is given; null where it throws, acts, or could not be followed. */
function endOfFailure(survey: Survey, call: TS.CallExpression): 'dropped' | 'only logged' | null {
  const found = survey.resolver.resolve(call.expression)
  if (found.kind === 'library')
    return call.arguments.length === 1 && codeWords().catchesFailures.test(`${found.module}#${found.path}`)
      ? 'dropped'
      : null
  const helper = functionOf(survey, call.expression)
  const clause = helper && catchAroundWork(helper)
  if (!clause || endOf(clause) === 'acted') return null
  return some(clause.block, ts.isCallExpression) ? 'only logged' : 'dropped'
}

/** The catch of the try in which a helper does, or waits for, what it is given first. */
function catchAroundWork({ body, parameters: [work] }: TS.FunctionLikeDeclaration): TS.CatchClause | null {
  let clause: TS.CatchClause | null = null
  if (!body || !work) return null
  some(
    body,
    (node) => {
      if (ts.isTryStatement(node) && node.catchClause && some(node.tryBlock, (at) => isParameter(at, work)))
        clause = node.catchClause
      return clause !== null
    },
    false,
  )
  return clause
}

function isParameter(node: TS.Node, parameter: TS.ParameterDeclaration): boolean {
  const used = ts.isCallExpression(node) || ts.isAwaitExpression(node) ? bare(node.expression) : null
  const binding = used && ts.isIdentifier(used) ? bindingOf(used) : null
  return binding?.kind === 'parameter' && binding.node === parameter && binding.path.length === 0
}
