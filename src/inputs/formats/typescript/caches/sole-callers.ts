/** Whether what a process keeps is asked for by many at once: not by one timer, nor in an object of one request. */
import { callersOf } from '../survey/named-callers.js'
import { startsWithProcess } from '../running/process-start.js'
import type { Survey } from '../survey/survey.js'
import { calleeName, classAround, enclosingFunction, some, ts, type TS } from '../syntax/syntax.js'

/** One timer, or one loop of a program that runs once, and nothing else, calls the function. */
export function isAskedInTurn(survey: Survey, asking: TS.FunctionLikeDeclaration): boolean {
  const [caller, ...others] = callersOf(asking, survey)
  return caller !== undefined && others.length === 0 && (isInTimer(caller) || isInMain(survey, caller))
}

/** `for (const id of ids) await load(id)` at the top of a module, or in a function that only that calls. */
function isInMain(survey: Survey, call: TS.CallExpression): boolean {
  if (!ts.isAwaitExpression(call.parent)) return false
  const around = enclosingFunction(call)
  if (!around) return true
  const callers = callersOf(around, survey)
  return callers.length === 1 && enclosingFunction(callers[0]!) === null
}

/** `setInterval(() => this.refresh(), 1000)` */
function isInTimer(call: TS.CallExpression): boolean {
  for (let at = enclosingFunction(call); at; at = enclosingFunction(at)) {
    if (ts.isCallExpression(at.parent)) return calleeName(at.parent) === 'setInterval'
  }
  return false
}

/** The question to ask where a field is of an object that is made anew in each call of a function; else null. */
export function questionOfShortLife(
  survey: Survey,
  asking: TS.FunctionLikeDeclaration,
  place: TS.Expression,
): string | null {
  const owner = isOfThis(place) && !isStatic(asking) ? classAround(asking) : null
  const name = owner?.name?.text
  if (name === undefined) return null
  const created = survey.newNamed(name)
  if (created.length === 0 || !created.every(isUsedHereOnly)) return null
  return `each \`${name}\` is created and used in one call of a function: do several callers use one of them concurrently?`
}

function isOfThis(place: TS.Expression): boolean {
  let root = place
  while (ts.isPropertyAccessExpression(root) || ts.isCallExpression(root)) root = root.expression
  return root.kind === ts.SyntaxKind.ThisKeyword
}

function isStatic(method: TS.FunctionLikeDeclaration): boolean {
  return (ts.getCombinedModifierFlags(method) & ts.ModifierFlags.Static) !== 0
}

/** `new Api().send()`, `const api = new Api(); await api.send()`: neither kept nor handed on. */
function isUsedHereOnly(made: TS.Node): boolean {
  const around = enclosingFunction(made)
  if (!around || startsWithProcess(made)) return false
  let at = made
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent
  const { parent } = at
  if (ts.isPropertyAccessExpression(parent)) return ts.isCallExpression(parent.parent)
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false
  const variable = parent.name
  const isHandedOn = (node: TS.Node): boolean =>
    ts.isIdentifier(node) && node.text === variable.text && node !== variable && !isReceiver(node, around)
  return !some(around, isHandedOn)
}

function isReceiver(name: TS.Identifier, around: TS.FunctionLikeDeclaration): boolean {
  const { parent } = name
  if (!ts.isPropertyAccessExpression(parent)) return false
  if (parent.name === name) return true
  return ts.isCallExpression(parent.parent) && enclosingFunction(name) === around
}
