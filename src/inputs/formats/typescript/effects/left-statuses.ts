/** Calls of which an option says that no status fails them: whoever waits for the answer has to look at it. */
import { callOptions } from '../survey/call-options.js'
import { creationArguments } from '../survey/creation-arguments.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { ts, walk, type TS } from '../syntax/syntax.js'
import { findOption } from '../values/options.js'
import { valueOf } from '../values/values.js'

/** What begins above it may be asked again with success: 400 and 404 lie below. */
const FIRST_PASSING = 408

/** An option says that statuses are answers like others: `throwHttpErrors: false`, `validateStatus: () => true`. */
export function leavesStatus(call: OutboundCall, { resolver }: Survey, accepts = acceptsRefusals): boolean {
  const { library, creation, made } = call.client
  const option = library.leavesStatus
  if (!option) return false
  const under = resolver.under(call.given ?? [])
  const created = made ? creationArguments(creation, made, under) : []
  const found = findOption([...callOptions(call, under), ...created], option.option, under)
  if (found.state !== 'found') return false
  if (!ts.isExpression(found.value)) return option.when === 'accepts' && accepts(found.value)
  const value = valueOf(found.value, under)
  if (option.when !== 'accepts') return value.kind === 'switch' && value.on === (option.when === 'true')
  return value.kind === 'nothing' || (value.kind === 'function' && accepts(value.node))
}

/** Whether it says so of every status: `() => true`, `null`. Of one that tells them apart nobody knows what it lets through. */
export function leavesEveryStatus(call: OutboundCall, survey: Survey): boolean {
  return leavesStatus(call, survey, acceptsAll)
}

/** `() => true`, `() => { return true }`. */
function acceptsAll({ body }: TS.FunctionLikeDeclaration): boolean {
  if (!body) return false
  if (!ts.isBlock(body)) return isTrue(body as TS.Expression)
  const [statement, other] = body.statements
  return !!statement && !other && ts.isReturnStatement(statement) && isTrue(statement.expression)
}

const isTrue = (value: TS.Node | undefined): boolean => value?.kind === ts.SyntaxKind.TrueKeyword

/** `() => true` and `(status) => status < 500`, unlike `(status) => status < 300`. */
function acceptsRefusals({ body }: TS.FunctionLikeDeclaration): boolean {
  const bounds: number[] = []
  let isSure = false
  walk(body!, (node) => {
    if (ts.isNumericLiteral(node)) bounds.push(Number(node.text))
    if (node.kind === ts.SyntaxKind.TrueKeyword) isSure = true
  })
  return isSure || bounds.some((bound) => bound >= FIRST_PASSING)
}
