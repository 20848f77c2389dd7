/** Questions to a caught error that are not understood: `Reflect.get(error, key) === 'ECONNRESET'`. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { functionOf } from '../../survey/practice.js'
import { bindingOf, isNothing } from '../../syntax/scope.js'
import type { Survey } from '../../survey/survey.js'
import { bare, calleeName, isFunction, some, ts, type TS } from '../../syntax/syntax.js'

const MAX_NAMES = 4

/**
 * Whether some use of the error is neither known to tell failures apart nor known not to. `nodes`: those of a condition and
 * of all that is behind it, a call before what it calls.
 */
export function asksUnread(condition: TS.Node, nodes: TS.Node[], survey: Survey): boolean {
  // What a library asks gets the failure first.
  const errors = new Set<TS.Node>(isFunction(condition) ? condition.parameters.slice(0, 1) : [])
  return nodes.some((node) => {
    if (ts.isCallExpression(node)) noteParameters(node, errors, survey)
    if (!ts.isIdentifier(node)) return false
    return isError(node, errors) ? isUnread(node, survey) : isPartOfError(node, errors) && !isSaid(node)
  })
}

/** `isTransient(error)`: the parameter is the error, there. */
function noteParameters(call: TS.CallExpression, errors: Set<TS.Node>, survey: Survey): void {
  const given = call.arguments.map((argument) => bare(argument))
  if (!given.some((argument) => ts.isIdentifier(argument) && isError(argument, errors))) return
  const called = functionOf(survey, call.expression)
  given.forEach((argument, index) => {
    const parameter = called?.parameters[index]
    if (parameter && ts.isIdentifier(argument) && isError(argument, errors)) errors.add(parameter)
  })
}

/** Of a catch clause, of `.catch((error) => …)`, or given on by one of them. */
function isError(name: TS.Identifier, errors: Set<TS.Node>, names = 0): boolean {
  const binding = bindingOf(name)
  if (binding?.kind === 'variable') return ts.isCatchClause(binding.declaration.parent)
  if (binding?.kind === 'parameter')
    return binding.path.length === 0 && (errors.has(binding.node) || isOfCatch(binding.node))
  if (binding?.kind !== 'value' || names === MAX_NAMES || !ts.isExpression(binding.node)) return false
  const value = bare(binding.node)
  return binding.path.length === 0 && ts.isIdentifier(value) && isError(value, errors, names + 1)
}

/** `kind` of `const { kind } = error` */
function isPartOfError(name: TS.Identifier, errors: Set<TS.Node>): boolean {
  const binding = bindingOf(name)
  if (binding?.kind !== 'value' || binding.path.length === 0 || !ts.isExpression(binding.node)) return false
  const whole = bare(binding.node)
  return ts.isIdentifier(whole) && isError(whole, errors)
}

function isOfCatch({ parent: owner }: TS.ParameterDeclaration): boolean {
  return ts.isCallExpression(owner.parent) && calleeName(owner.parent) === 'catch'
}

function isUnread(name: TS.Identifier, survey: Survey): boolean {
  let used: TS.Node = name
  while (used.parent !== undefined && ts.isExpression(used.parent) && bare(used.parent) === name)
    used = used.parent
  const { parent } = used
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === used && isUnreadMember(parent)
  if (ts.isElementAccessExpression(parent)) return parent.expression === used
  if (ts.isVariableDeclaration(parent)) return !ts.isIdentifier(parent.name)
  if (ts.isCallExpression(parent)) {
    if (parent.expression === used || isSaid(parent)) return false
    const called = functionOf(survey, parent.expression)
    return (
      called === null ||
      (isDecision(parent) && dependsOn(called, parent.arguments.indexOf(used as TS.Expression)))
    )
  }
  return ts.isBinaryExpression(parent) && isUnreadComparison(parent, used)
}

/** `if (last || !isTransient(error)) throw error`: by what the function answers, some failures are tried again and others not. */
function isDecision(call: TS.CallExpression): boolean {
  let at: TS.Node = call
  while (ts.isExpression(at.parent) && isLogic(at.parent)) at = at.parent
  return ts.isIfStatement(at.parent) && at.parent.expression === at
}

/** What the function makes of it may be its answer, unless it only says it. */
function dependsOn({ parameters, body }: TS.FunctionLikeDeclaration, index: number): boolean {
  const name = parameters[index]?.name
  if (!name || !body) return true
  return some(body, (node) => ts.isIdentifier(node) && node.text === name.getText() && !isSaid(node))
}

function isLogic(node: TS.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken
  if (ts.isBinaryExpression(node)) return /^(\|\||&&)$/.test(node.operatorToken.getText())
  return ts.isParenthesizedExpression(node)
}

/** Those that tell failures apart are known, and those that count. */
function isUnreadMember(member: TS.PropertyAccessExpression): boolean {
  const { attempts, failureKinds } = codeWords()
  for (let at: TS.Node = member; ts.isPropertyAccessExpression(at); at = at.parent) {
    const name = at.name.text
    if (name === 'name' || failureKinds.test(name) || attempts.test(name)) return false
  }
  return !isSaid(member)
}

/** `'code' in error`, `error === LIMIT`: not that there is one, nor that it is an `Error`. */
function isUnreadComparison({ left, right, operatorToken }: TS.BinaryExpression, used: TS.Node): boolean {
  if (operatorToken.kind === ts.SyntaxKind.InKeyword) return right === used
  const isEquality = /^[=!]==?$/.test(operatorToken.getText())
  return isEquality && !isNothing(bare(left === used ? right : left))
}

/** It goes into the log or into another error, or it is asked whether the caller gave up. */
function isSaid(node: TS.Node): boolean {
  for (let at = node; at.parent && !isFunction(at); at = at.parent) {
    if (ts.isThrowStatement(at) || ts.isNewExpression(at)) return true
    if (ts.isCallExpression(at) && codeWords().logs.test(calleeName(at))) return true
    const isAsked = ts.isCallExpression(at) || ts.isBinaryExpression(at)
    if (isAsked && codeWords().givenUp.test(at.getText())) return true
    if (ts.isStatement(at)) return false
  }
  return false
}
