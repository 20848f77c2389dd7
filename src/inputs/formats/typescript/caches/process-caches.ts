/** Caches in the memory of the process: `new LRUCache()`, `new TtlCache()`, or a `Map` whose entries expire. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { hasWord } from '../../../../knowledge/identifier-words.js'
import type { Access } from './fills.js'
import { startsWithProcess } from '../running/process-start.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import {
  bare,
  calleeName,
  classAround,
  enclosingFunction,
  some,
  textOf,
  ts,
  type TS,
} from '../syntax/syntax.js'

type Place = TS.VariableDeclaration | TS.PropertyDeclaration | TS.ParameterDeclaration

/** What is done with the cache that a call asks for the value of a key; null where it asks none, or before requests come. */
export function processCacheOf(survey: Survey, read: TS.CallExpression): Access | null {
  if (calleeName(read) !== 'get' || read.arguments.length !== 1) return null
  const place = placeOf(read)
  if (!place || !isCache(place, read) || startsWithProcess(read)) return null
  return {
    stores: (call) => calleeName(call) === 'set' && call.arguments.length > 1 && placeOf(call) === place,
    loads: (call) => asksOthers(survey, call),
  }
}

/** Over the network, where many calls at once are felt. */
export function asksOthers(survey: Survey, call: TS.CallExpression): boolean {
  return survey.callsFrom(call).some(({ client }) => client.library.protocol !== 'cache')
}

/** Where the object lives whose method is called: as long as its module, or as the object that it is a field of. */
function placeOf({ expression }: TS.CallExpression): Place | null {
  const callee = bare(expression)
  if (!ts.isPropertyAccessExpression(callee)) return null
  const receiver = bare(callee.expression)
  if (ts.isIdentifier(receiver)) return ofModule(receiver)
  return ts.isPropertyAccessExpression(receiver) ? ofClass(receiver) : null
}

function ofModule(name: TS.Identifier): TS.VariableDeclaration | null {
  const binding = bindingOf(name)
  const declaration = binding?.kind === 'value' ? outermost(binding.node).parent : null
  return declaration && ts.isVariableDeclaration(declaration) && !enclosingFunction(declaration)
    ? declaration
    : null
}

/** Of `this`, or a static one. */
function ofClass({ expression, name }: TS.PropertyAccessExpression): Place | null {
  const owner = classAround(expression)
  const isOwn =
    expression.kind === ts.SyntaxKind.ThisKeyword ||
    (ts.isIdentifier(expression) && expression.text === owner?.name?.text)
  if (!isOwn || !owner) return null
  const field = owner.members.find((member) => member.name && textOf(member.name) === textOf(name))
  if (field) return ts.isPropertyDeclaration(field) ? field : null
  return givenFields(owner).find((parameter) => textOf(parameter.name) === textOf(name)) ?? null
}

/** `constructor(private readonly cache: LRUCache)` */
function givenFields({ members }: TS.ClassLikeDeclaration): TS.ParameterDeclaration[] {
  const constructor = members.find(ts.isConstructorDeclaration)
  return constructor?.parameters.filter(({ modifiers }) => modifiers !== undefined) ?? []
}

function isCache({ initializer, type }: Place, read: TS.CallExpression): boolean {
  const made = initializer && bare(initializer)
  if (!made) return type !== undefined && answersAtOnce(read) && isTypeOfCache(type)
  if (!ts.isNewExpression(made)) return false
  const name = calleeName(made)
  return name === 'Map' ? asksForAge(enclosingFunction(read)) : hasWord(name, codeWords().processCaches)
}

/** One in the process: over the network it would be waited for. */
function answersAtOnce(read: TS.CallExpression): boolean {
  let at: TS.Node = read.parent
  while (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at) || ts.isParenthesizedExpression(at))
    at = at.parent
  return !ts.isAwaitExpression(at) && !ts.isReturnStatement(at)
}

/** `private cache?: NodeCache`, made elsewhere. */
function isTypeOfCache(type: TS.TypeNode): boolean {
  const named = ts.isUnionTypeNode(type) ? type.types.find(ts.isTypeReferenceNode) : type
  return (
    named !== undefined &&
    ts.isTypeReferenceNode(named) &&
    hasWord(textOf(named.typeName), codeWords().processCaches)
  )
}

/** Compares with the clock: what is kept becomes old, and is loaded again. */
function asksForAge(around: TS.Node | null): boolean {
  return around !== null && some(around, isAge)
}

/** A comparison with the time, or a name that speaks of an end. */
export function isAge(node: TS.Node): boolean {
  return ts.isIdentifier(node) && hasWord(node.text, codeWords().expiry)
}

function outermost(node: TS.Node): TS.Node {
  let at = node
  while (ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent)) at = at.parent
  return at
}
