/** What stands for a client though something is between: a member under a name of its own, a proxy, a keeper of what is made once. */
import { returnedBy } from '../syntax/assignments.js'
import type { Resolved } from '../modules/resolved.js'
import type { ClientSeen, Recognition } from './client-seen.js'
import { bare, calleeName, isFunction, textOf, ts, walk, type TS } from '../syntax/syntax.js'

/** `null` where an expression, which was resolved to `found`, stands for no client that is seen. */
export function clientBehind(
  node: TS.Expression,
  found: Resolved,
  shapes: Recognition,
  depth: number,
): ClientSeen | null {
  const behind = expressionsBehind(node, found, shapes)
  for (const expression of behind) {
    const client = shapes.clientOf(expression, depth + 1)
    if (client) return client
  }
  return null
}

function expressionsBehind(node: TS.Expression, found: Resolved, shapes: Recognition): TS.Expression[] {
  // `const posts = prisma.post`
  if (found.kind === 'unknown') return found.at && found.at !== node ? [found.at.expression] : []
  if (found.kind !== 'value') return []
  if (ts.isNewExpression(found.node))
    return textOf(found.node.expression) === 'Proxy' ? behindProxy(found.node) : []
  const call = found.given?.at(-1)?.call ?? found.node
  if (!ts.isCallExpression(call)) return []
  // `Object.assign(client, { … })`
  if (calleeName(call) === 'assign' && call.expression.getText() === 'Object.assign')
    return call.arguments.slice(0, 1)
  return keptBy(call, shapes)
}

/** The target, or what the trap asks instead: `new Proxy({} as Redis, { get: (_, name) => connection()[name] })`. */
function behindProxy(proxy: TS.NewExpression): TS.Expression[] {
  const [target, traps] = proxy.arguments ?? []
  const asked: TS.Expression[] = target ? [target] : []
  const trap =
    traps && ts.isObjectLiteralExpression(traps)
      ? traps.properties.find(({ name }) => name?.getText() === 'get')
      : undefined
  if (trap)
    walk(trap, (node) => {
      if (ts.isElementAccessExpression(node)) asked.push(node.expression)
      if (ts.isCallExpression(node) && node.expression.getText() === 'Reflect.get' && node.arguments[0])
        asked.push(node.arguments[0])
    })
  return asked
}

/** What a function makes that is given to one whose types say that it hands on its answer: `<T>(name: string, make: () => T): T`. */
function keptBy(call: TS.CallExpression, { resolver }: Recognition): TS.Expression[] {
  const callee = resolver.resolve(call.expression)
  if (callee.kind !== 'value' || !isFunction(callee.node)) return []
  const { typeParameters = [], parameters, type } = callee.node
  const names = typeParameters.map(({ name }) => name.text)
  const answer = type && namedBy(type)
  if (answer === undefined || answer === null || !names.includes(answer)) return []
  const at = parameters.findIndex(
    ({ type: own }) => own && ts.isFunctionTypeNode(own) && namedBy(own.type) === answer,
  )
  const given = at < 0 ? undefined : call.arguments[at]
  const maker = given && resolver.resolve(given)
  if (maker?.kind !== 'value' || !isFunction(maker.node) || !maker.node.body) return []
  const { body } = maker.node
  return ts.isBlock(body) ? returnedBy(body) : [bare(body)]
}

/** `T` of `T` and of `Promise<T>`. */
function namedBy(type: TS.TypeNode): string | null {
  if (!ts.isTypeReferenceNode(type)) return null
  const inner = type.typeName.getText() === 'Promise' ? type.typeArguments?.[0] : undefined
  return inner ? namedBy(inner) : type.typeName.getText()
}
