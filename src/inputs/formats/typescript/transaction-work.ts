/** Functions that are handed in to run inside a transaction: by callers of a helper, or by the routes behind a middleware. */
import { functionOf } from './practice.js'
import { nameOf } from './retry-places.js'
import { callersOf } from './retry-work.js'
import { bindingOf } from './scope.js'
import type { Survey } from './survey.js'
import { bare, enclosingFunction, isFunction, ts, walk, type TS } from './syntax.js'

interface Work {
  /** What is done inside, and where it is handed in. */
  given: { body: TS.Node; at: TS.Node }[]
  /** Whether that is all: it is not, where somebody else may hand something in. */
  isWhole: boolean
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

export function workHanded(survey: Survey, parameter: TS.ParameterDeclaration): Work {
  const owner = parameter.parent
  if (!isFunction(owner) || !ts.isIdentifier(parameter.name)) return { given: [], isWhole: false }
  const index = owner.parameters.indexOf(parameter)
  const callers = callersOf(owner, survey)
  const given = callers.flatMap((at) => {
    const body = functionOf(survey, at.arguments[index])?.body
    return body ? [{ body, at }] : []
  })
  if (callers.length > 0) return { given, isWhole: given.length === callers.length }
  return { given: routesBehind(survey, owner), isWhole: false }
}

/** `router.post('/orders', transaction(), handler)`: the handlers that come after a middleware. */
function routesBehind(survey: Survey, middleware: TS.FunctionLikeDeclaration): Work['given'] {
  return placesOf(survey, middleware).flatMap((place) => {
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
  const name = nameOf(middleware)
  if (name === '') return []
  const isMiddleware = (argument: TS.Expression): boolean =>
    ts.isIdentifier(argument) && argument.text === name && functionOf(survey, argument) === middleware
  return survey.files.flatMap(({ calls }) => calls.flatMap((call) => call.arguments.filter(isMiddleware)))
}
