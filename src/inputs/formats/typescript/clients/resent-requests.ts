/** Requests that an interceptor sends again as they were: what bounds them was given with the first, here nothing is. */
import type { Resolver } from '../values/resolve.js'
import type { OutboundCall } from '../survey/survey.js'
import { ts, type TS } from '../syntax/syntax.js'

/** `client.interceptors.response.use(…)` */
export function interceptsAnswers({ expression }: TS.CallExpression): boolean {
  return /\.interceptors\.response\.use$/.test(expression.getText())
}

/** Without the requests that only go a second time. */
export function sentFirst(calls: OutboundCall[], resolver: Resolver): OutboundCall[] {
  return calls.filter((call) => !isResent(call, resolver))
}

/** `client.interceptors.response.use(ok, (error) => client.request(error.config))` */
function isResent({ node, shape }: OutboundCall, resolver: Resolver): boolean {
  const [options] = node.arguments
  if (!options || !shape.options.includes(0)) return false
  const found = resolver.resolve(options)
  return found.kind === 'parameter' && found.path.at(-1) === 'config' && isHandler(found.node.parent)
}

function isHandler({ parent }: TS.Node): boolean {
  return ts.isCallExpression(parent) && interceptsAnswers(parent)
}
