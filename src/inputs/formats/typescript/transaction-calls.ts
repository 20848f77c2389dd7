/** The external calls of a piece of code, but those that only come after a transaction. */
import { functionOf } from './practice.js'
import type { OutboundCall, Survey } from './survey.js'
import { isTelemetry } from './telemetry.js'
import { calleeName, ts, walk, type TS } from './syntax.js'

const EXTERNAL = ['http', 'grpc', 'saas', 'mail', 'queue', 'object-store']
const MAX_DEPTH = 5

export type External = OutboundCall

/** The first one, also through functions of the project. */
export function externalIn(survey: Survey, body: TS.Node): External | null {
  return reachesExternal(survey, body) ? firstIn(survey, body, 0, new Set()) : null
}

function reachesExternal(survey: Survey, body: TS.Node): boolean {
  return survey.reaches(body, (call) => isExternal(call, survey)) !== null
}

/** What only counts is no part of the work. */
function isExternal(call: OutboundCall, survey: Survey): boolean {
  return EXTERNAL.includes(call.client.library.protocol ?? '') && !isTelemetry(call, survey)
}

function firstIn(survey: Survey, body: TS.Node, depth: number, seen: Set<TS.Node>): External | null {
  if (seen.has(body)) return null
  seen.add(body)
  const isAfter = (method: string): boolean =>
    survey.shapes.libraries.some(({ afterCommit }) => afterCommit.includes(method))
  let found: External | null = null
  walk(body, (node) => {
    if (found) return false
    if (!ts.isCallExpression(node)) return true
    if (isAfter(calleeName(node))) return false
    const call = survey.outboundAt(node)
    if (call && isExternal(call, survey)) found = call
    const called = call || depth >= MAX_DEPTH ? null : functionOf(survey, node.expression)?.body
    if (called && reachesExternal(survey, called)) found = firstIn(survey, called, depth + 1, seen)
    return found === null
  })
  return found
}
