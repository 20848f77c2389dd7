/** External calls made inside a database transaction: they hold its locks and cannot be rolled back. */
import type { Practice } from '../../../facts/code.js'
import { functionOf, practice } from './practice.js'
import type { Survey } from './survey.js'
import { calleeName, sourceOf, ts, type TS } from './syntax.js'
import { isTelemetry } from './telemetry.js'

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
  const external = survey.reaches(
    callback.body,
    (outbound) => EXTERNAL.includes(outbound.client.library.protocol ?? '') && !isTelemetry(outbound, survey),
  )
  if (!external) {
    const detail = `No external call is seen inside the transaction of ${client.library.title}`
    return [practice(survey, call, 'transaction-external-call', 'present', detail)]
  }
  const inside = external.node.getSourceFile() === call.getSourceFile() ? external.node : call
  const detail = `\`${external.method}\` of ${external.client.library.title} is called inside a transaction of ${client.library.title}`
  return [
    practice(survey, inside, 'transaction-external-call', 'absent', detail, null, [
      { source: sourceOf(call), message: 'the transaction' },
    ]),
  ]
}
