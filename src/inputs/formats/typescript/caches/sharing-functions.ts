/** Functions of the project that are given a load and keep its promise: `this.joined(id, () => load(id))`, `onePerKey(load)`. */
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bindingOf } from '../syntax/scope.js'
import { callsIn } from '../syntax/noted-nodes.js'
import {
  bare,
  classAround,
  enclosingFunction,
  functionName,
  some,
  textOf,
  ts,
  type TS,
} from '../syntax/syntax.js'
import { isKept } from './kept-promises.js'

/** Through how many functions a load is handed on. */
const MAX_STEPS = 4
const CALLS = /^(call|apply)$/

/** What is called keeps the promise itself, or that of a function that it is given, or was made by what does. */
export function isOfSharing(survey: Survey, work: TS.CallExpression): boolean {
  if (survey.outboundAt(work)) return false
  if (keepsCallsOfOne(survey, work)) return true
  const made = madeBy(work)
  if (made) return keepsCallsOfOne(survey, made)
  const called = functionOf(survey, work.expression)
  if (!called?.body) return false
  const asked = askedIn(survey, called.body)
  return asked.length > 0 && asked.every((call) => isSharedWithin(survey, call, called))
}

/** Of a function that it is given. */
function keepsCallsOfOne(survey: Survey, call: TS.CallExpression): boolean {
  return call.arguments.some((_, index) => keepsCallsOf(survey, call, index))
}

/** Calls that ask others themselves or through functions of the project. */
function askedIn(survey: Survey, body: TS.Node): TS.CallExpression[] {
  return callsIn(body).filter((call) => survey.outboundAt(call) ?? survey.callsThrough(call).length > 0)
}

/** `lookup = onePerKey(load)` of `this.lookup(id)`. */
function madeBy({ expression }: TS.CallExpression): TS.CallExpression | null {
  const callee = bare(expression)
  const binding = ts.isIdentifier(callee) ? bindingOf(callee) : null
  const value = binding?.kind === 'value' && binding.path.length === 0 ? binding.node : fieldOf(callee)
  return value && ts.isCallExpression(value) ? value : null
}

function fieldOf(callee: TS.Expression): TS.Node | null {
  if (!ts.isPropertyAccessExpression(callee) || callee.expression.kind !== ts.SyntaxKind.ThisKeyword)
    return null
  const members = classAround(callee)?.members ?? []
  const field = members.find((member) => member.name && textOf(member.name) === callee.name.text)
  return field && ts.isPropertyDeclaration(field) && field.initializer ? bare(field.initializer) : null
}

/** `(async () => …)()` and `queue.add(async () => …)`: the call that the function is written into. */
export function writtenInto(inner: TS.FunctionLikeDeclaration): TS.CallExpression | null {
  let at: TS.Node = inner
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent
  return ts.isCallExpression(at.parent) ? at.parent : null
}

/** Calls of the same file that are given a function by its name: `onePerKey(load)`. */
export function handingOn(survey: Survey, given: TS.FunctionLikeDeclaration): TS.CallExpression[] {
  const name = functionName(given)
  const tree = given.getSourceFile()
  const calls = name === '' ? [] : (survey.files.find((file) => file.tree === tree)?.calls ?? [])
  return calls.filter(({ arguments: all }) => all.some((one) => isNamed(survey, one, name, given)))
}

function isNamed(
  survey: Survey,
  argument: TS.Expression,
  name: string,
  given: TS.FunctionLikeDeclaration,
): boolean {
  const node = bare(argument)
  const said = ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : null
  return said === name && functionOf(survey, node) === given
}

/** The function that is called keeps what the function that it is given answers. */
export function isGivenToSharing(
  survey: Survey,
  call: TS.CallExpression,
  given: TS.FunctionLikeDeclaration,
  step = 0,
): boolean {
  const index = call.arguments.findIndex((argument) => functionOf(survey, argument) === given)
  return index >= 0 && keepsCallsOf(survey, call, index, step)
}

/** Each call of a parameter is kept, in the function or in one that it returns, or it is handed on to where it is. */
function keepsCallsOf(survey: Survey, call: TS.CallExpression, index: number, step = 0): boolean {
  const owner = functionOf(survey, call.expression)
  const parameter = owner?.parameters[index]
  if (!owner?.body || !parameter || !ts.isIdentifier(parameter.name) || step >= MAX_STEPS) return false
  const ends = usesOf(parameter, parameter.name.text, owner.body).flatMap((use) => {
    const called = callOf(use)
    if (called) return [isSharedWithin(survey, called, owner, step + 1)]
    const { parent } = use
    const place = ts.isCallExpression(parent) ? parent.arguments.indexOf(use) : -1
    return place < 0 ? [] : [keepsCallsOf(survey, parent as TS.CallExpression, place, step + 1)]
  })
  return ends.length > 0 && ends.every(Boolean)
}

function usesOf(parameter: TS.ParameterDeclaration, name: string, body: TS.Node): TS.Identifier[] {
  const uses: TS.Identifier[] = []
  some(body, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name) return false
    const binding = bindingOf(node)
    if (binding?.kind === 'parameter' && binding.node === parameter) uses.push(node)
    return false
  })
  return uses
}

/** `load(id)`, `load.apply(this, ids)` */
function callOf(use: TS.Identifier): TS.CallExpression | null {
  const { parent } = use
  if (ts.isCallExpression(parent)) return parent.expression === use ? parent : null
  const isCalled = ts.isPropertyAccessExpression(parent) && CALLS.test(parent.name.text)
  return isCalled && ts.isCallExpression(parent.parent) ? parent.parent : null
}

/** Kept on the way out of the function: `kept.set(id, (async () => load(id))())`. */
function isSharedWithin(
  survey: Survey,
  work: TS.CallExpression,
  owner: TS.FunctionLikeDeclaration,
  step = 0,
): boolean {
  for (let call: TS.CallExpression | null = work; call;) {
    if (isKept(call)) return true
    const around = enclosingFunction(call)
    if (!around || around === owner) return false
    call = writtenInto(around)
    if (call && isGivenToSharing(survey, call, around, step)) return true
  }
  return false
}
