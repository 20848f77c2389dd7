/** Functions that are handed in to run inside a transaction: by callers of a helper, or by the routes behind a middleware. */
import { callersOf } from '../survey/named-callers.js'
import { functionOf } from '../survey/practice.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import { bare, enclosingFunction, isFunction, ts, walk, type TS, functionName } from '../syntax/syntax.js'

/** A helper that is given what another was given. */
const MAX_DEPTH = 3

export interface Work {
  /** What is done inside, and where it is handed in. */
  given: { body: TS.Node; at: TS.Node }[]
  /** Whether that is all: it is not, where somebody else may hand something in. */
  isWhole: boolean
  /** Somebody may hand something in at all. */
  isUsed: boolean
}

/** Parameters of functions around that are given to a transaction, or called in its callback. */
export function handedInto(
  survey: Survey,
  call: TS.CallExpression,
  callback: TS.FunctionLikeDeclaration | null,
): TS.ParameterDeclaration[] {
  const found = new Set<TS.ParameterDeclaration>()
  const note = (node: TS.Expression, within: TS.Node): void => {
    const parameter = parameterOf(node)
    if (parameter && !(parameter.pos >= within.pos && parameter.end <= within.end)) found.add(parameter)
  }
  if (!callback) for (const argument of call.arguments) note(argument, argument)
  const around = callback?.body
  if (around)
    walk(callback, (node) => {
      if (ts.isCallExpression(node)) note(node.expression, callback)
    })
  return [...found].filter((parameter) => callback !== null || isCallback(survey, parameter))
}

function parameterOf(expression: TS.Expression): TS.ParameterDeclaration | null {
  const node = bare(expression)
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  return binding?.kind === 'parameter' ? binding.node : null
}

/** Options of a transaction are handed on as well. */
function isCallback(survey: Survey, parameter: TS.ParameterDeclaration): boolean {
  if (parameter.type) return /=>|Function|Callback/.test(parameter.type.getText())
  return workHanded(survey, parameter).given.length > 0
}

export function workHanded(survey: Survey, parameter: TS.ParameterDeclaration, depth = 0): Work {
  const owner = parameter.parent
  if (!isFunction(owner) || !ts.isIdentifier(parameter.name) || depth > MAX_DEPTH) return UNSEEN
  const index = owner.parameters.indexOf(parameter)
  const callers = callersOf(owner, survey)
  if (callers.length > 0)
    return together(callers.map((call) => handedBy(survey, call, call.arguments[index], depth)))
  const name = functionName(owner)
  const places = placesOf(survey, owner)
  const isUsed = name === '' || places.length > 0 || survey.callsNamed(name).length > 0
  return { given: routesBehind(survey, places), isWhole: false, isUsed }
}

const UNSEEN: Work = { given: [], isWhole: false, isUsed: true }

/** A function, with what it calls that was handed to the caller, or such a one itself. */
function handedBy(
  survey: Survey,
  at: TS.CallExpression,
  argument: TS.Expression | undefined,
  depth: number,
): Work {
  const handedOn = argument && parameterOf(argument)
  if (handedOn) return workHanded(survey, handedOn, depth + 1)
  const work = functionOf(survey, argument)
  if (!work?.body) return UNSEEN
  const inner = handedInto(survey, at, work).map((parameter) => workHanded(survey, parameter, depth + 1))
  const own = { given: [{ body: work.body, at }], isWhole: true, isUsed: true }
  return inner.length > 0 && inner.every(({ isUsed }) => !isUsed)
    ? { given: [], isWhole: true, isUsed: false }
    : together([own, ...inner])
}

/** What nobody uses hands nothing in. */
function together(works: Work[]): Work {
  const used = works.filter(({ isUsed }) => isUsed)
  return {
    given: used.flatMap(({ given }) => given),
    isWhole: used.every(({ isWhole }) => isWhole),
    isUsed: used.length > 0,
  }
}

/** `router.post('/orders', transaction(), handler)`: the handlers that come after a middleware. */
function routesBehind(survey: Survey, places: TS.Expression[]): Work['given'] {
  return places.flatMap((place) => {
    const route = place.parent
    if (!ts.isCallExpression(route)) return []
    const after = route.arguments.slice(route.arguments.indexOf(place) + 1)
    return after.flatMap((argument) => {
      const body = functionOf(survey, argument)?.body
      return body ? [{ body, at: argument }] : []
    })
  })
}

/** Where a middleware is named, or made by the function that returns it. */
function placesOf(survey: Survey, middleware: TS.FunctionLikeDeclaration): TS.Expression[] {
  const maker = enclosingFunction(middleware)
  const isReturned = maker !== null && (maker.body === middleware || ts.isReturnStatement(middleware.parent))
  if (maker && isReturned) return callersOf(maker, survey)
  const name = functionName(middleware)
  if (name === '') return []
  const isMiddleware = (argument: TS.Expression): boolean =>
    ts.isIdentifier(argument) && argument.text === name && functionOf(survey, argument) === middleware
  return survey.files
    .filter(({ tree }) => tree.text.includes(name))
    .flatMap(({ calls }) => calls.flatMap((call) => call.arguments.filter(isMiddleware)))
}
