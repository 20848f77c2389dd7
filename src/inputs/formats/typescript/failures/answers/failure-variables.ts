/** The failure among what a call answers, and what is done where it stands there: `const { error } = await save(); if (error) …`. */
import { isLog, onlyLogs } from '../../syntax/catch-clauses.js'
import { isLookedAt } from '../../syntax/conditions.js'
import { statementsAfter } from '../../syntax/leaving.js'
import { bindingOf } from '../../syntax/scope.js'
import { isFunction, some, textOf, ts, walk, type TS } from '../../syntax/syntax.js'
import { promiseUse, scopeOf } from '../../syntax/uses.js'

/** A name, or a place in a list. */
export type Member = string | number

/** The variable that takes a member out of what a call answers; null where it is not taken out, or not waited for. */
export function namedMember(call: TS.CallExpression, member: Member): TS.Identifier | null {
  const { at, isAwaited } = promiseUse(call)
  const { parent } = at
  if (!isAwaited || !ts.isVariableDeclaration(parent) || parent.initializer !== at) return null
  const element = elementsOf(parent.name).find((one, place) =>
    typeof member === 'number' ? place === member : textOf(one!.propertyName ?? one!.name) === member,
  )
  return element && ts.isIdentifier(element.name) && !element.initializer ? element.name : null
}

function elementsOf(pattern: TS.BindingName): (TS.BindingElement | undefined)[] {
  if (ts.isObjectBindingPattern(pattern)) return [...pattern.elements]
  if (!ts.isArrayBindingPattern(pattern)) return []
  return pattern.elements.map((one) => (ts.isBindingElement(one) ? one : undefined))
}

/** What is done where the variable holds a failure. */
export function failureBranches(
  variable: TS.Identifier | null,
): { name: string; branch: TS.Statement; asking: TS.IfStatement }[] {
  if (!variable) return []
  return usesIn(variable).flatMap((use) => {
    const asking = askedBy(use)
    return asking ? [{ name: variable.text, branch: asking.thenStatement, asking }] : []
  })
}

/**
 * `dropped`: nobody reads it; `only logged`: nothing is done where it is set but to log; null: something may be, also where
 * what was taken out beside it is asked: `if (!data)`. `mayThrow`: of what is called as a log, whether it throws.
 */
export function fateOf(
  variable: TS.Identifier,
  mayThrow: (call: TS.CallExpression) => boolean,
): 'dropped' | 'only logged' | null {
  if (besides(variable).some((other) => usesIn(other).some(isLookedAt))) return null
  const uses = usesIn(variable)
  if (uses.length === 0) return 'dropped'
  const branches = failureBranches(variable)
  const isLogged =
    branches.length > 0 && branches.every(({ asking }) => endsInLog(asking) && !throws(asking, mayThrow))
  const isElsewhere = uses.some((use) => askedBy(use) === null && !isInLog(use))
  return isLogged && !isElsewhere ? 'only logged' : null
}

/** What else is taken out of the same answer. */
function besides(variable: TS.Identifier): TS.Identifier[] {
  const { parent } = variable.parent
  const elements =
    ts.isObjectBindingPattern(parent) || ts.isArrayBindingPattern(parent) ? namesOf(parent) : []
  return elements.filter((name) => name !== variable)
}

function namesOf(pattern: TS.BindingPattern): TS.Identifier[] {
  return elementsOf(pattern).flatMap((element) => {
    if (!element) return []
    return ts.isIdentifier(element.name) ? [element.name] : namesOf(element.name)
  })
}

function throws(asking: TS.IfStatement, mayThrow: (call: TS.CallExpression) => boolean): boolean {
  return some(asking.thenStatement, (node) => ts.isCallExpression(node) && mayThrow(node))
}

/** What stands behind it runs as if nothing had been, or nothing stands there. */
function endsInLog(asking: TS.IfStatement): boolean {
  if (asking.elseStatement) return false
  const { thenStatement: branch } = asking
  const statements = ts.isBlock(branch) ? [...branch.statements] : [branch]
  const last = statements.at(-1)
  const leaves = last !== undefined && ts.isReturnStatement(last) && last.expression === undefined
  if (leaves && statementsAfter(asking).length > 0) return false
  return onlyLogs({ statements: leaves ? statements.slice(0, -1) : statements })
}

/** `if (error)`. */
function askedBy(use: TS.Identifier): TS.IfStatement | null {
  const { parent } = use
  return ts.isIfStatement(parent) && parent.expression === use ? parent : null
}

function isInLog(use: TS.Node): boolean {
  for (let at = use.parent; at && !isFunction(at) && !ts.isStatement(at); at = at.parent)
    if (ts.isExpression(at) && isLog(at)) return true
  return false
}

/** Whether code that goes on asks what the failure is, or what was answered beside it: `isTransient(error)`, `status >= 500`. */
export function isTold(variable: TS.Identifier): boolean {
  const asks = (use: TS.Identifier): boolean => {
    const { parent } = use
    if (ts.isPropertyAccessExpression(parent)) return parent.name.text !== 'message'
    return ts.isCallExpression(parent) && !isInLog(use)
  }
  return usesIn(variable).some(asks) || besides(variable).some((other) => usesIn(other).some(isLookedAt))
}

/** Where a variable is used, without names of properties. */
export function usesIn(variable: TS.Identifier): TS.Identifier[] {
  const binding = bindingOf(variable)
  const uses: TS.Identifier[] = []
  walk(scopeOf(variable), (node) => {
    if (!ts.isIdentifier(node) || node.text !== variable.text || node === variable) return
    const { parent } = node
    const isName = ts.isPropertyAccessExpression(parent) ? parent.name === node : isKey(node)
    if (!isName && bindingOf(node) === binding) uses.push(node)
  })
  return uses
}

/** The name of a property that something else is given to. */
function isKey(node: TS.Identifier): boolean {
  const { parent } = node
  return ts.isPropertyAssignment(parent) && parent.name === node
}
