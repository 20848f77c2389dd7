/** Lists that come in through a parameter: a tuple by its type, or whatever all who call the function give. */
import { callersOf } from '../survey/named-callers.js'
import { findOption } from '../values/options.js'
import type { Survey } from '../survey/survey.js'
import { isFunction, ts, type TS, functionName } from '../syntax/syntax.js'
import { typeAt } from '../syntax/types.js'

/** `isShort` tells of a list that a caller gives, at its call, whether it is. */
export function boundOfParameter(
  list: TS.Expression,
  survey: Survey,
  isShort: (given: TS.Expression, call: TS.Node) => boolean,
): string | null {
  const found = survey.resolver.resolve(list)
  if (found.kind !== 'parameter') return null
  const type = typeAt(found.node.type, found.path)
  if (type && isTuple(type)) return 'the list is a tuple'
  const owner = found.node.parent
  if (!isFunction(owner) || found.path.length > 1) return null
  const index = owner.parameters.indexOf(found.node)
  const calls = callersOf(owner, survey)
  const lists = calls.map((call) => ({ call, given: givenAt(call.arguments[index], found.path[0], survey) }))
  const areShort = lists.every(({ call, given }) => given !== null && isShort(given, call))
  const isFilled = lists.some(({ given }) => given !== null && !isStandIn(given, survey))
  return isFilled && areShort ? 'all calls seen pass a short list' : null
}

/** `[]` that nothing is added to: what will be passed once there is something to pass is not seen, and nothing limits it. */
function isStandIn(list: TS.Expression, survey: Survey): boolean {
  const found = survey.resolver.resolve(list)
  return (
    found.kind === 'value' &&
    !found.or &&
    ts.isArrayLiteralExpression(found.node) &&
    found.node.elements.length === 0 &&
    !ts.isVariableDeclaration(found.node.parent)
  )
}

/** A call that may be of the function whose parameter the list is, though what it calls is not known, and gives a short one. */
export function shortAtNamesake(
  list: TS.Expression,
  survey: Survey,
  isShort: (given: TS.Expression) => boolean,
): TS.CallExpression | null {
  const found = survey.resolver.resolve(list)
  const owner = found.kind === 'parameter' && found.path.length <= 1 ? found.node.parent : null
  if (found.kind !== 'parameter' || !owner || !isFunction(owner)) return null
  // Those that are known have said how long it is.
  if (functionName(owner) === '' || callersOf(owner, survey).length > 0) return null
  const index = owner.parameters.indexOf(found.node)
  const isUnknown = (call: TS.CallExpression): boolean =>
    !/^(value|library)$/.test(survey.resolver.resolve(call.expression).kind)
  const calls = survey.callsNamed(functionName(owner)).filter(isUnknown)
  return (
    calls.find((call) => {
      const given = givenAt(call.arguments[index], found.path[0], survey)
      return given !== null && isShort(given)
    }) ?? null
  )
}

function givenAt(
  argument: TS.Expression | undefined,
  name: string | undefined,
  survey: Survey,
): TS.Expression | null {
  if (!argument || ts.isSpreadElement(argument)) return null
  if (name === undefined) return argument
  const found = findOption([argument], name, survey.resolver)
  return found.state === 'found' && ts.isExpression(found.value) ? found.value : null
}

/** `[Order, Order]`, also `readonly`; with a rest there is no end of it. */
function isTuple(type: TS.TypeNode): boolean {
  const inner = ts.isTypeOperatorNode(type) ? type.type : type
  return ts.isTupleTypeNode(inner) && !inner.elements.some(isRest)
}

function isRest(element: TS.TypeNode | TS.NamedTupleMember): boolean {
  return (
    ts.isRestTypeNode(element) || (ts.isNamedTupleMember(element) && element.dotDotDotToken !== undefined)
  )
}
