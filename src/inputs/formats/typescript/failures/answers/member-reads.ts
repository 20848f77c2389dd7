/** Which members of an answer are read where somebody waits for it: here, among others in `Promise.all`, or at a caller. */
import { usesIn } from './failure-variables.js'
import { calledOn } from './library-failures.js'
import { callersOf } from '../../survey/named-callers.js'
import type { Survey } from '../../survey/survey.js'
import { bare, calleeName, enclosingFunction, isFunction, textOf, ts, type TS } from '../../syntax/syntax.js'
import { promiseUse } from '../../syntax/uses.js'

export interface ReadMember {
  name: string
  uses: TS.Expression[]
  /** Members of it are taken out at once, which fails where there is none: `{ data: { id } }`. */
  isTakenApart: boolean
}

export interface Reading {
  /** The call whose answer is read: of the library, or of a function of the project that gives back what that answers. */
  at: TS.CallExpression
  members: ReadMember[]
}

/** Functions that give the answer on. */
const MAX_DEPTH = 2

/** Every place where all that becomes of the answer is understood; of those where it goes on as a whole nothing is said. */
export function readingsOf(survey: Survey, answer: TS.CallExpression): Reading[] {
  return readPromise(survey, answer, answer, 0)
}

function readPromise(
  survey: Survey,
  answer: TS.CallExpression,
  promise: TS.Expression,
  depth: number,
): Reading[] {
  const { at, isAwaited } = promiseUse(promise)
  if (isAwaited) return readings(survey, answer, ofValue(at), depth)
  const { parent } = at
  if (ts.isPropertyAccessExpression(parent)) return readings(survey, answer, ofHandler(parent), depth)
  if (ts.isArrayLiteralExpression(parent)) return readings(survey, answer, ofElement(parent, at), depth)
  const owner = ts.isReturnStatement(parent) || isFunction(parent) ? enclosingFunction(at) : null
  if (!owner) return []
  const items = allOfItems(owner)
  return items ? readings(survey, answer, items, depth) : atCallers(survey, owner, [], depth)
}

/** Members that are read, and whether the answer is given back as a whole besides; null where it goes elsewhere. */
type Read = { members: ReadMember[]; back: TS.Node | null } | null

const NOTHING: Read = { members: [], back: null }

function readings(survey: Survey, at: TS.CallExpression, read: Read, depth: number): Reading[] {
  if (!read) return []
  if (!read.back) return [{ at, members: read.members }]
  const owner = enclosingFunction(read.back)
  return owner ? atCallers(survey, owner, read.members, depth) : []
}

/** Where it is given back, what its callers read counts together with what was read before. */
function atCallers(
  survey: Survey,
  owner: TS.FunctionLikeDeclaration,
  before: ReadMember[],
  depth: number,
): Reading[] {
  if (depth >= MAX_DEPTH) return []
  return callersOf(owner, survey).flatMap((call) =>
    readPromise(survey, call, call, depth + 1).map(({ at, members }) => ({
      at,
      members: [...before, ...members],
    })),
  )
}

function ofValue(value: TS.Expression): Read {
  const node = outermost(value)
  const { parent } = node
  if (ts.isExpressionStatement(parent)) return NOTHING
  if (ts.isPropertyAccessExpression(parent)) return ofMembers([member(parent.name.text, [parent])])
  if (ts.isVariableDeclaration(parent)) return ofBinding(parent.name)
  return ts.isReturnStatement(parent) || isFunction(parent) ? { members: [], back: node } : null
}

const ofMembers = (members: ReadMember[]): Read => ({ members, back: null })

function member(name: string, uses: TS.Expression[]): ReadMember {
  return { name, uses, isTakenApart: false }
}

function ofBinding(name: TS.BindingName): Read {
  if (ts.isIdentifier(name)) return together(usesIn(name).map((use) => ofValue(use)))
  if (!ts.isObjectBindingPattern(name)) return null
  if (name.elements.some(({ dotDotDotToken }) => dotDotDotToken)) return null
  return ofMembers(name.elements.map((element) => taken(element)))
}

function taken({ name, propertyName }: TS.BindingElement): ReadMember {
  const key = textOf(propertyName ?? name)
  return ts.isIdentifier(name) ? member(key, usesIn(name)) : { name: key, uses: [], isTakenApart: true }
}

function together(reads: Read[]): Read {
  if (reads.includes(null)) return null
  const known = reads.flatMap((read) => read ?? [])
  return {
    members: known.flatMap(({ members }) => members),
    back: known.find(({ back }) => back)?.back ?? null,
  }
}

/** `.then(({ data }) => …)`; what is behind `catch` and `finally` is not followed. */
function ofHandler(access: TS.PropertyAccessExpression): Read {
  if (access.name.text !== 'then' || !ts.isCallExpression(access.parent)) return null
  const [given] = access.parent.arguments
  const handler = given && bare(given)
  if (!handler || !isFunction(handler)) return null
  const [parameter] = handler.parameters
  return parameter ? ofBinding(parameter.name) : NOTHING
}

/** `const [orders, items] = await Promise.all([…])` */
function ofElement(list: TS.ArrayLiteralExpression, element: TS.Expression): Read {
  const place = list.elements.indexOf(element)
  const isCertain = !list.elements.slice(0, place).some((one) => ts.isSpreadElement(one))
  return isCertain ? ofList(list, (name) => ofPlace(name, place)) : null
}

function ofPlace(name: TS.BindingName, place: number): Read {
  if (!ts.isArrayBindingPattern(name)) return null
  const element = name.elements[place]
  if (!element && name.elements.some((one) => ts.isBindingElement(one) && one.dotDotDotToken)) return null
  if (!element || !ts.isBindingElement(element)) return NOTHING
  return element.dotDotDotToken ? null : ofBinding(element.name)
}

/** `await Promise.all(chunks.map((chunk) => …))`: what the callback answers is nobody's where nobody keeps the list. */
function allOfItems(callback: TS.FunctionLikeDeclaration): Read {
  const call = callback.parent
  if (!ts.isCallExpression(call) || !/^(map|flatMap)$/.test(calleeName(call))) return null
  return ofList(call, () => null)
}

/** What is read of a list of promises that is waited for; of settled ones another practice tells. */
function ofList(list: TS.Expression, taken: (name: TS.BindingName) => Read): Read {
  const all = list.parent
  if (!ts.isCallExpression(all) || all.expression.getText() !== 'Promise.all') return null
  const { at, isAwaited } = promiseUse(all)
  if (!isAwaited || calledOn(all)) return null
  const { parent } = outermost(at)
  if (ts.isExpressionStatement(parent)) return NOTHING
  if (!ts.isVariableDeclaration(parent)) return null
  if (ts.isIdentifier(parent.name)) return usesIn(parent.name).length === 0 ? NOTHING : null
  return taken(parent.name)
}

/** With the assertions around. */
function outermost(node: TS.Expression): TS.Expression {
  let at = node
  while (ts.isExpression(at.parent) && bare(at.parent) === bare(node) && !ts.isAwaitExpression(at.parent))
    at = at.parent
  return at
}
