/** What interceptors of a client write into each of its requests: `api.interceptors.request.use((config) => …)`. */
import type { Guard } from '../../../../facts/code.js'
import type { GuardFacts, GuardOption } from '../../../../knowledge/libraries/guards.js'
import { fromValue, plain } from '../values/guard-values.js'
import { functionOf, packageOf } from '../survey/practice.js'
import type { ClientSeen } from '../survey/client-seen.js'
import { signalGuard } from '../values/signals.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, isFunction, sourceOf, ts, walk, type TS } from '../syntax/syntax.js'

interface Interceptor {
  call: TS.CallExpression
  client: ClientSeen
}

const interceptors = new WeakMap<Survey, Interceptor[]>()

/** Null when no interceptor of the client writes one of the options that would set the guard. */
export function interceptedGuard(
  facts: GuardFacts,
  client: ClientSeen,
  at: TS.Node,
  survey: Survey,
): Guard | null {
  const options = facts.options.filter(({ option, where }) => option !== undefined && where.includes('call'))
  if (options.length === 0 && !facts.signal) return null
  const guards = ofSurvey(survey)
    .filter((one) => isOf(one, client, at, survey))
    .flatMap(({ call }) => writtenBy(call, options, facts.signal, survey))
  return guards.find(({ state }) => state === 'present') ?? guards[0] ?? null
}

function ofSurvey(survey: Survey): Interceptor[] {
  let found = interceptors.get(survey)
  if (!found) {
    found = survey.callsNamed('use').flatMap((call) => {
      const receiver = interceptedBy(call)
      const client = receiver && survey.shapes.clientOf(receiver)
      return client ? [{ call, client }] : []
    })
    interceptors.set(survey, found)
  }
  return found
}

/** `api` of `api.interceptors.request.use(…)`. */
function interceptedBy(call: TS.CallExpression): TS.Expression | null {
  let at: TS.Expression = call.expression
  for (const name of ['use', 'request', 'interceptors']) {
    if (!ts.isPropertyAccessExpression(at) || at.name.text !== name) return null
    at = at.expression
  }
  return at
}

/** Instances have their own: those of the module are for calls of the module itself, in its package. */
function isOf({ call, client }: Interceptor, other: ClientSeen, at: TS.Node, survey: Survey): boolean {
  if (client.made || other.made) return client.made === other.made
  const areOfModule = client.through === 'module' && other.through === 'module'
  return areOfModule && client.library === other.library && packageOf(survey, call) === packageOf(survey, at)
}

function writtenBy(
  call: TS.CallExpression,
  options: GuardOption[],
  signal: boolean,
  survey: Survey,
): Guard[] {
  const { resolver } = survey
  const written = functionOf(survey, call.arguments[0])
  if (!written) return []
  const isAlways = call.arguments.length < 3
  return writesIn(written).flatMap(({ name, value, isSure }) => {
    const option = options.find((one) => one.option === name)
    const guard = option
      ? fromValue(value, option, name, resolver)
      : signal && name === 'signal'
        ? signalGuard(value, resolver)
        : null
    if (!guard) return []
    const open = plain(
      'unknown',
      `an interceptor of the client sets \`${name}\` for some requests: for which?`,
    )
    return [{ ...(isSure && isAlways ? guard : open), source: sourceOf(value) }]
  })
}

interface Write {
  name: string
  value: TS.Expression
  /** It is not done under a condition, but for one that asks whether it is set already. */
  isSure: boolean
}

/** `config.timeout = 5000`, and properties of objects that are returned or assigned. */
function writesIn(written: TS.FunctionLikeDeclaration): Write[] {
  const writes: Write[] = []
  walk(written, (node) => {
    if (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left) && isAssigned(node))
      writes.push(writeOf(node.left.name.text, node.right, node, written))
    if (ts.isPropertyAssignment(node) && isHandedBack(node.parent, written))
      writes.push(writeOf(node.name.getText(), node.initializer, node, written))
  })
  return writes
}

function writeOf(name: string, value: TS.Expression, node: TS.Node, written: TS.Node): Write {
  let isSure = true
  for (let at = node; at !== written; at = at.parent)
    if (
      ts.isIfStatement(at.parent) &&
      at.parent.expression !== at &&
      !at.parent.expression.getText().includes(name)
    )
      isSure = false
  return { name, value, isSure }
}

function isAssigned({ operatorToken: { kind } }: TS.BinaryExpression): boolean {
  return (
    kind === ts.SyntaxKind.EqualsToken ||
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
    kind === ts.SyntaxKind.BarBarEqualsToken
  )
}

function isHandedBack(object: TS.Node, written: TS.FunctionLikeDeclaration): boolean {
  let at = object.parent
  while (ts.isParenthesizedExpression(at) || ts.isAsExpression(at)) at = at.parent
  if (ts.isCallExpression(at)) return calleeName(at) === 'assign'
  return (
    ts.isReturnStatement(at) ||
    (at === written && isFunction(at) && bare(at.body as TS.Expression) === object)
  )
}
