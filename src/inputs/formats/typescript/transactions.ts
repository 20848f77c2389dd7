/** External calls made inside a database transaction: they hold its locks and cannot be rolled back. */
import type { Practice } from '../../../facts/code.js'
import { callsLedTo } from './certain-calls.js'
import { functionOf, practice } from './practice.js'
import type { OutboundCall, Survey } from './survey.js'
import { calleeName, sourceOf, ts, type TS } from './syntax.js'
import { isTelemetry } from './telemetry.js'

const PATTERN = 'transaction-external-call'
const EXTERNAL = ['http', 'grpc', 'saas', 'mail', 'queue', 'object-store']

export function transactions(survey: Survey): Practice[] {
  return survey.files.flatMap(({ calls }) => calls.flatMap((call) => transactionAt(survey, call)))
}

function transactionAt(survey: Survey, call: TS.CallExpression): Practice[] {
  if (!ts.isPropertyAccessExpression(call.expression) || !survey.shapes.isTransaction(calleeName(call)))
    return []
  const client = survey.shapes.clientOf(call.expression.expression)
  if (!client?.library.transactions.includes(calleeName(call))) return []
  const callback = call.arguments
    .map((argument) => functionOf(survey, argument))
    .find((found) => found !== null)
  if (!callback?.body) return []
  const isExternal = (outbound: OutboundCall): boolean => isExternalTo(survey, outbound)
  const first = survey.reaches(callback.body, isExternal)
  const title = client.library.title
  if (!first) {
    const detail = `No external call is seen inside the transaction of ${title}`
    return [practice(survey, call, PATTERN, 'present', detail)]
  }
  const [led] = callsLedTo(survey, callback.body, isExternal)
  const { call: external, truth } = led ?? { call: first, truth: 'unknown' }
  const inside = external.node.getSourceFile() === call.getSourceFile() ? external.node : call
  const what = `\`${external.method}\` of ${external.client.library.title}`
  const related = [{ source: sourceOf(call), message: 'the transaction' }]
  if (truth === 'no') {
    const reason = `${what} stands below the transaction of ${title}, but its arguments seem to exclude it`
    return [practice(survey, inside, PATTERN, 'unknown', reason, reason, related)]
  }
  const detail = `${what} is called inside a transaction of ${title}`
  return [practice(survey, inside, PATTERN, 'absent', detail, null, related)]
}

function isExternalTo(survey: Survey, outbound: OutboundCall): boolean {
  return EXTERNAL.includes(outbound.client.library.protocol ?? '') && !isTelemetry(outbound, survey)
}
