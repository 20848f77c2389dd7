/** Lists that whoever sends a request writes: as long as the body may be, where no schema says otherwise. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { callersOf } from '../survey/named-callers.js'
import { originsOf } from './list-bounds.js'
import { takenFrom } from './list-schemas.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, isFunction, ts, type TS } from '../syntax/syntax.js'

/** `req.body.ids`, `ctx.request.body`, `await request.json()`. */
const OF_BODY = /^(\w+\.)*(req|request|ctx|context|c)(\.\w+)*(\.body\b|\.(json|body)\(\))/
/** `req.query.ids.split(',')`: `c.query(sql)`, `ctx.db.query` and `ctx.query.posts.findMany()` ask a database. */
const OF_QUERY =
  /^(\w+\.)*(req|request|ctx|context|c)\.query(?![\w(<])(?!\S*\.(?!(split|trim|toString)\()\w+[(<])/
const PARSES = /parse/i
const MAX_CALLERS = 2

/** Where the request gives the list, also to one who calls this function; null when that is not seen. */
export function givenByRequest(list: TS.Expression, survey: Survey, depth = 0): TS.Node | null {
  for (const origin of originsOf(list)) {
    const { from, path } = takenFrom(origin)
    if (isOfRequest(from, path, survey)) return from
    const parameter = ts.isIdentifier(from) ? bindingOf(from) : null
    if (parameter?.kind !== 'parameter') continue
    if (isBody(parameter.node) || isInput(parameter.node, [...parameter.path, ...path])) return parameter.node
    const given = depth < MAX_CALLERS && path.length + parameter.path.length === 0
    const source = given ? givenByCallers(parameter.node, survey, depth) : null
    if (source) return source
  }
  return null
}

function isOfRequest(from: TS.Expression, path: string[], survey: Survey): boolean {
  if (isPartOfRequest(from, path, survey)) return true
  if (!ts.isCallExpression(from) || !PARSES.test(calleeName(from))) return false
  const [given] = from.arguments
  if (!given) return false
  const inner = takenFrom(given)
  return inner.from !== from && isPartOfRequest(inner.from, inner.path, survey)
}

function isPartOfRequest(from: TS.Expression, path: string[], survey: Survey): boolean {
  const text = [from.getText().replace(/\s+/g, ''), ...path].join('.')
  return (OF_BODY.test(text) || OF_QUERY.test(text)) && !isAnswer(rootOf(from), survey)
}

/** `request` of `const request = await fetch(url)`: what others answer is no request. */
function isAnswer(root: TS.Expression, survey: Survey): boolean {
  const binding = ts.isIdentifier(root) ? bindingOf(root) : null
  if (binding?.kind !== 'value' || !ts.isCallExpression(binding.node)) return false
  return ts.isAwaitExpression(binding.node.parent) || survey.callsFrom(binding.node).length > 0
}

/** `ctx` of `ctx.request.json()`. */
function rootOf(expression: TS.Expression): TS.Expression {
  let at = bare(expression)
  while (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at)) at = bare(at.expression)
  return at
}

/** `@Body() dto`: the fields of which the class does not limit. */
function isBody(parameter: TS.ParameterDeclaration): boolean {
  return (ts.getDecorators(parameter) ?? []).some(
    ({ expression }) =>
      ts.isCallExpression(expression) && codeWords().bodyDecorators.test(calleeName(expression)),
  )
}

/** `args` of `resolve(parent, args)` of GraphQL.js and of `Mutation: { book(parent, args) {} }`, `input` of `procedure.mutation(({ input }) => …)` of tRPC. */
function isInput(parameter: TS.ParameterDeclaration, path: string[]): boolean {
  const handler = parameter.parent
  if (!isFunction(handler)) return false
  const place = handler.parameters.indexOf(parameter)
  if (place === 1) return path.length > 0 && isResolver(handler)
  const { parent } = handler
  return (
    place === 0 &&
    path[0] === 'input' &&
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    codeWords().procedures.test(parent.expression.name.text)
  )
}

function isResolver(handler: TS.FunctionLikeDeclaration): boolean {
  const property = ts.isPropertyAssignment(handler.parent) ? handler.parent : handler
  if (property.name?.getText() === 'resolve') return true
  const all = property.parent
  const named = ts.isObjectLiteralExpression(all) ? all.parent : null
  const isNamed = named !== null && (ts.isPropertyAssignment(named) || ts.isVariableDeclaration(named))
  return (
    isNamed &&
    codeWords().resolvers.test(named.name.getText()) &&
    codeWords().parentParameters.test(handler.parameters[0]!.name.getText())
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
