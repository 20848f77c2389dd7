/** Makes Practice facts, and looks into the functions that handlers and callbacks are. */
import type { Guard, Practice } from '../../../../facts/code.js'
import { awayFromProduction } from '../values/production.js'
import type { Survey } from './survey.js'
import { callsIn } from '../syntax/noted-nodes.js'
import { bare, calleeName, isFunction, some, sourceOf, symbolOf, ts, type TS } from '../syntax/syntax.js'

/** Functions that call functions. */
const MAX_DEPTH = 4

/** What is missing where it does not run in production is no finding: nobody knows what it is run for. */
export function practice(
  survey: Pick<Survey, 'modules' | 'resolver'>,
  node: TS.Node,
  pattern: string,
  state: Guard['state'],
  detail: string,
  reason: string | null = null,
  related: Practice['related'] = [],
): Practice {
  const source = sourceOf(node)
  const isMissing = state === 'absent' || state === 'inert'
  const away = isMissing ? awayFromProduction(node, survey.resolver) : null
  return {
    fact: 'practice',
    source,
    package: packageOf(survey, node),
    symbol: `${source.path}#${symbolOf(node)}`,
    pattern,
    state: away === null ? state : 'unknown',
    detail,
    reason: away ?? reason,
    seconds: null,
    related,
    about: [],
  }
}

export function packageOf(survey: Pick<Survey, 'modules'>, node: TS.Node): string {
  return survey.modules.packageOf(node.getSourceFile().fileName)?.folder ?? ''
}

/** The function that an expression is or names; null when it cannot be followed. */
export function functionOf(
  survey: Survey,
  expression: TS.Expression | undefined,
): TS.FunctionLikeDeclaration | null {
  if (!expression) return null
  const node = bare(expression)
  if (isFunction(node)) return node
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'bind'
  ) {
    return functionOf(survey, node.expression.expression)
  }
  const found = survey.resolver.resolve(node)
  return found.kind === 'value' && isFunction(found.node) ? found.node : null
}

/** Whether some node passes, in a piece of code or in the functions of the project that it calls. */
export function somewhere(
  survey: Survey,
  root: TS.Node,
  test: (node: TS.Node) => boolean,
  depth = 0,
  seen = new Map<TS.Node, number>(),
): boolean {
  // From nearer on it leads further.
  if ((seen.get(root) ?? Infinity) <= depth) return false
  seen.set(root, depth)
  return some(root, (node) => {
    if (test(node)) return true
    if (depth >= MAX_DEPTH || !ts.isCallExpression(node)) return false
    const called = functionOf(survey, node.expression)
    return called?.body !== undefined && somewhere(survey, called.body, test, depth + 1, seen)
  })
}

/** The first call that passes, in a piece of code or in the functions of the project that it calls. */
export function callSomewhere(
  survey: Survey,
  root: TS.Node,
  test: (call: TS.CallExpression) => boolean,
  depth = 0,
  seen = new Map<TS.Node, number>(),
): TS.CallExpression | null {
  if ((seen.get(root) ?? Infinity) <= depth) return null
  seen.set(root, depth)
  for (const call of callsIn(root)) {
    if (test(call)) return call
    const called = depth < MAX_DEPTH ? functionOf(survey, call.expression) : null
    const found = called?.body && callSomewhere(survey, called.body, test, depth + 1, seen)
    if (found) return found
  }
  return null
}

/** `process.on('SIGTERM', handler)`: the handler. */
export function processListener(
  call: TS.CallExpression,
  accepts: (event: TS.Expression) => boolean,
): TS.Expression | null {
  const [event, handler] = call.arguments
  if (!event || !handler || !LISTENING.includes(calleeName(call))) return null
  const { expression } = call
  const onProcess = ts.isPropertyAccessExpression(expression) && expression.expression.getText() === 'process'
  return onProcess && accepts(event) ? handler : null
}

export const LISTENING = ['on', 'once', 'addListener']
