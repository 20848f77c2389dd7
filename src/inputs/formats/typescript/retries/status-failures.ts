/** Whether an answer with a status that is no success is a failure for whoever tries again. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { callOptions } from '../survey/call-options.js'
import { creationArguments } from '../survey/creation-arguments.js'
import { somewhere } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { bare, some, ts, walk, type TS } from '../syntax/syntax.js'
import { findOption } from '../values/options.js'
import { valueOf } from '../values/values.js'
import type { Retry } from './retry-places.js'

/** What begins above it may be asked again with success: 400 and 404 lie below. */
const FIRST_PASSING = 408

/** Whether a status that is no success becomes a failure: thrown, or asked for between the attempts. */
export function failsOnStatus(call: OutboundCall, retry: Retry, work: TS.Node[], survey: Survey): boolean {
  const { failsOn } = call.client.library
  if (failsOn !== 'network') return failsOn === 'every-status' && !leavesStatus(call, survey)
  const throws = (node: TS.Node): boolean =>
    ts.isIfStatement(node) &&
    asksStatus(node.expression) &&
    some(node, ts.isThrowStatement) &&
    !holdsForPassingOnly(node)
  return work.some((node) => somewhere(survey, node, throws)) || retry.conditions.some(asksStatus)
}

/** `if (status >= 500) throw …`: a 400 or 404 is an answer, and is not asked for again. */
function holdsForPassingOnly({ expression, elseStatement }: TS.IfStatement): boolean {
  const node = bare(expression)
  if (elseStatement || !ts.isBinaryExpression(node) || !asksStatus(node.left)) return false
  const bound = bare(node.right)
  if (!ts.isNumericLiteral(bound)) return false
  const from = Number(bound.text)
  const sign = node.operatorToken.getText()
  return sign === '>=' || sign === '===' ? from >= FIRST_PASSING : sign === '>' && from >= FIRST_PASSING - 1
}

export function asksStatus(condition: TS.Node): boolean {
  let asks = false
  walk(condition, (node) => {
    if (ts.isPropertyAccessExpression(node) && codeWords().statusMembers.test(node.name.text)) asks = true
  })
  return asks || /status/i.test(condition.getText())
}

/** An option says that statuses are answers like others: `throwHttpErrors: false`, `validateStatus: () => true`. */
function leavesStatus(call: OutboundCall, { resolver }: Survey): boolean {
  const { library, creation, made } = call.client
  const option = library.leavesStatus
  if (!option) return false
  const under = resolver.under(call.given ?? [])
  const created = made ? creationArguments(creation, made, under) : []
  const found = findOption([...callOptions(call, under), ...created], option.option, under)
  if (found.state !== 'found') return false
  if (!ts.isExpression(found.value)) return option.when === 'accepts' && acceptsRefusals(found.value)
  const value = valueOf(found.value, under)
  if (option.when !== 'accepts') return value.kind === 'switch' && value.on === (option.when === 'true')
  return value.kind === 'nothing' || (value.kind === 'function' && acceptsRefusals(value.node))
}

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
