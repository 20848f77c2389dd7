/** Lists that whoever sends a request writes: as long as the body may be, where no schema says otherwise. */
import { originsOf } from './list-bounds.js'
import { takenFrom } from './list-schemas.js'
import { callersOf } from './retry-work.js'
import { bindingOf } from './scope.js'
import type { Survey } from './survey.js'
import { calleeName, isFunction, ts, type TS } from './syntax.js'

/** `req.body.ids`, `ctx.request.body`, `await request.json()`. */
const OF_REQUEST = /^(\w+\.)*(req|request|ctx|context|c)(\.\w+)*(\.(body|query)\b|\.(json|body)\(\))/
const PARSES = /parse/i
const GIVES_BODY = /^(Body|Args|Payload)$/
const MAX_CALLERS = 2

/** Where the request gives the list, also to one who calls this function; null when that is not seen. */
export function givenByRequest(list: TS.Expression, survey: Survey, depth = 0): TS.Node | null {
  for (const origin of originsOf(list)) {
    const { from, path } = takenFrom(origin)
    if (isOfRequest(from, path)) return from
    const parameter = ts.isIdentifier(from) ? bindingOf(from) : null
    if (parameter?.kind !== 'parameter') continue
    if (isBody(parameter.node)) return parameter.node
    const given = depth < MAX_CALLERS && path.length + parameter.path.length === 0
    const source = given ? givenByCallers(parameter.node, survey, depth) : null
    if (source) return source
  }
  return null
}

function isOfRequest(from: TS.Expression, path: string[]): boolean {
  if (OF_REQUEST.test([from.getText(), ...path].join('.'))) return true
  if (!ts.isCallExpression(from) || !PARSES.test(calleeName(from))) return false
  const [given] = from.arguments
  if (!given) return false
  const inner = takenFrom(given)
  return inner.from !== from && OF_REQUEST.test([inner.from.getText(), ...inner.path].join('.'))
}

/** `@Body() dto`: the fields of which the class does not limit. */
function isBody(parameter: TS.ParameterDeclaration): boolean {
  return (ts.getDecorators(parameter) ?? []).some(
    ({ expression }) => ts.isCallExpression(expression) && GIVES_BODY.test(calleeName(expression)),
  )
}

function givenByCallers(parameter: TS.ParameterDeclaration, survey: Survey, depth: number): TS.Node | null {
  const owner = parameter.parent
  if (!isFunction(owner)) return null
  const index = owner.parameters.indexOf(parameter)
  for (const call of callersOf(owner, survey)) {
    const given = call.arguments[index]
    const source = given && !ts.isSpreadElement(given) ? givenByRequest(given, survey, depth + 1) : null
    if (source) return source
  }
  return null
}
