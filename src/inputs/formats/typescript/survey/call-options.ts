/** The option objects of an outbound call. */
import type { Resolver } from '../values/resolve.js'
import type { OutboundCall } from './survey.js'
import { bare, calleeName, ts, type TS } from '../syntax/syntax.js'

/** As written in the call, and as given to the request that it sends: `fetch(new Request(url, { signal }))`. */
export function callOptions(
  { node, shape }: Pick<OutboundCall, 'node' | 'shape'>,
  resolver: Resolver,
): (TS.Expression | undefined)[] {
  const written = shape.options.map((index) => node.arguments[index])
  return [...written, ...requestOptions(node, shape, resolver)]
}

/** Who reads its options: those of a request that a function makes, `fetch(proxied(request))`, hold what that function is given. */
export function readingOptions(
  { node, shape: { request } }: Pick<OutboundCall, 'node' | 'shape'>,
  resolver: Resolver,
): Resolver {
  const written = request && node.arguments[request.argument]
  const made = written ? resolver.resolve(written) : null
  const given = made?.kind === 'value' && ts.isNewExpression(made.node) ? (made.given ?? []) : []
  return given.length === 0 ? resolver : resolver.under([...given, ...resolver.given])
}

function requestOptions(
  node: TS.CallExpression,
  { request }: OutboundCall['shape'],
  resolver: Resolver,
): (TS.Expression | undefined)[] {
  const given = request && node.arguments[request.argument]
  if (!given) return []
  const found = resolver.resolve(given)
  if (found.kind === 'value' && ts.isNewExpression(found.node)) {
    const { arguments: args = [] } = found.node
    return request.classes.includes(calleeName(found.node)) ? request.options.map((index) => args[index]) : []
  }
  // Whoever makes the request decides.
  const type = found.kind === 'parameter' && found.path.length === 0 ? found.node.type?.getText() : undefined
  return type !== undefined && request.classes.includes(type) ? [bare(given)] : []
}
