/** What the service answers, and where each of its endpoints leads. */
import type { Endpoint } from '../../../../facts/code.js'
import { awaitedBy } from './awaited-calls.js'
import { functionOf, packageOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { Mounts } from '../servers/mounts.js'
import { sourceOf, ts, type TS } from '../syntax/syntax.js'
import { distinct, joined, pathEndOf } from '../values/path-ends.js'

const METHODS = /^(get|head|post|put|patch|delete|all)$/

/** Only those whose whole path is known; those that call nothing outside are asked as well. */
export function endpoints(survey: Survey): Endpoint[] {
  const calls = survey
    .callsNamed(METHODS)
    .filter((call) => call.arguments.length > 1 && !survey.outboundAt(call) && !survey.uncalled?.around(call))
  if (calls.length === 0) return []
  const mounts = new Mounts(survey)
  return calls.flatMap((call) => endpointsAt(call, survey, mounts))
}

function endpointsAt(call: TS.CallExpression, survey: Survey, mounts: Mounts): Endpoint[] {
  const [first, ...rest] = call.arguments
  if (!ts.isPropertyAccessExpression(call.expression) || !first) return []
  const own = pathEndOf(first, survey.resolver)
  if (!own.isWhole || !own.text.startsWith('/')) return []
  const handlers = rest.map((handler) => functionOf(survey, handler))
  if (!handlers.at(-1)?.body || survey.shapes.clientOf(call.expression.expression)) return []
  const known = handlers.flatMap((handler) => (handler?.body ? [{ handler, body: handler.body }] : []))
  const followed = known.map(({ body }) => body)
  const reached = followed.flatMap((body) => survey.callsFrom(body))
  const method = call.expression.name.text.toUpperCase()
  // Where nothing is called, nothing is waited for.
  const awaited = reached.length === 0 ? [] : known.flatMap(({ handler }) => awaitedBy(handler, survey))
  const paths = distinct(mounts.of(call.expression.expression).map((before) => joined(before, own)))
  return paths
    .filter(({ isWhole }) => isWhole)
    .map(({ text }) => ({
      fact: 'endpoint',
      source: sourceOf(call),
      package: packageOf(survey, call),
      method,
      path: text.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
      calls: reached.map(({ node }) => sourceOf(node)),
      functions: followed.flatMap((body) => survey.bodiesFrom(body)).map(sourceOf),
      awaited: awaited.map(({ node }) => sourceOf(node)),
    }))
}
