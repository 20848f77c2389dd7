/** Whether somebody notices that there is nothing: it is asked for, or what is done with it fails. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { usesIn } from './failure-variables.js'
import { callersOf } from '../../survey/named-callers.js'
import type { Survey } from '../../survey/survey.js'
import { bindingOf } from '../../syntax/scope.js'
import { isLookedAt } from '../../syntax/conditions.js'
import { bare, calleeName, enclosingFunction, isFunction, some, ts, type TS } from '../../syntax/syntax.js'
import { promiseUse } from '../../syntax/uses.js'

/** Variables that keep it, and callers that get it. */
const MAX_DEPTH = 3

/** True also where it was not seen what becomes of it. */
export function showsAbsence(survey: Survey, use: TS.Expression, depth = 0): boolean {
  if (isLookedAt(use) || failsOn(use)) return true
  if (depth >= MAX_DEPTH) return true
  let isWithin: 'object' | 'call' | null = null
  for (let at: TS.Node = use; ; at = at.parent) {
    const { parent } = at
    if (ts.isCallExpression(parent) && parent.expression !== at) {
      if (mayAsk(survey, parent)) return true
      isWithin = 'call'
    } else if (ts.isObjectLiteralExpression(parent) || ts.isArrayLiteralExpression(parent)) {
      isWithin ??= 'object'
    } else if (ts.isReturnStatement(parent) || isFunction(parent)) {
      if (isWithin !== null) return isWithin === 'object'
      return isAskedByCallers(survey, at, depth)
    } else if (ts.isVariableDeclaration(parent)) {
      return isWithin === 'object' || namesOf(parent.name).some((name) => isAsked(survey, name, depth))
    } else if (ts.isExpressionStatement(parent)) return false
    else if (!isPassedThrough(parent)) return true
  }
}

/** With nothing there: `data.id`, `[...data]`, `for (const one of data)`, `const { id } = data`. */
function failsOn(use: TS.Expression): boolean {
  let at: TS.Node = use
  while (ts.isExpression(at.parent) && bare(at.parent) === bare(use)) at = at.parent
  const { parent } = at
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent))
    return parent.expression === at && !parent.questionDotToken
  if (ts.isCallExpression(parent)) return parent.expression === at && !parent.questionDotToken
  if (ts.isVariableDeclaration(parent)) return !ts.isIdentifier(parent.name)
  return ts.isSpreadElement(parent) || ts.isForOfStatement(parent)
}

/** A function of the project, one that is named for asking, or one of a module that was not read: `assert(data)`, `invariant(data)`. */
function mayAsk(survey: Survey, call: TS.CallExpression): boolean {
  return (
    codeWords().answersQuestion.test(calleeName(call)) || survey.calledBy(call).length > 0 || isImported(call)
  )
}

/** `invariant(data)`, `assert.ok(data)`; what is called as a method of another thing is left: `logger.info(data)`. */
function isImported({ expression }: TS.CallExpression): boolean {
  const callee = bare(expression)
  if (ts.isIdentifier(callee)) return bindingOf(callee)?.kind === 'import'
  const of = ts.isPropertyAccessExpression(callee) ? bare(callee.expression) : null
  return of !== null && ts.isIdentifier(of) && codeWords().answersQuestion.test(of.text)
}

function isAskedByCallers(survey: Survey, at: TS.Node, depth: number): boolean {
  const owner = enclosingFunction(at)
  const callers = owner ? callersOf(owner, survey) : []
  return callers.length === 0 || callers.some((call) => showsAbsence(survey, promiseUse(call).at, depth + 1))
}

function isAsked(survey: Survey, name: TS.Identifier, depth: number): boolean {
  return usesIn(name).some((use) => showsAbsence(survey, use, depth + 1))
}

function namesOf(pattern: TS.BindingName): TS.Identifier[] {
  const names: TS.Identifier[] = []
  some(pattern, (node) => {
    if (
      ts.isIdentifier(node) &&
      (node === pattern || (ts.isBindingElement(node.parent) && node.parent.name === node))
    )
      names.push(node)
    return false
  })
  return names
}

/** What it is part of is as it is: `data?.id`, `data ?? []`, `{ order: data }`. */
function isPassedThrough(node: TS.Node): boolean {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken
    return kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken
  }
  return (
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isConditionalExpression(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isSpreadAssignment(node) ||
    ts.isTemplateExpression(node) ||
    bareKind(node)
  )
}

/** `data!`, `data satisfies Order`. */
function bareKind(node: TS.Node): boolean {
  return ts.isExpression(node) && bare(node) !== node
}
