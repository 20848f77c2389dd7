/** Whether a retry repeats what must happen once: a POST, a mail, a charge without a key. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { httpStatuses } from '../../../../../knowledge/http-statuses.js'
import { effectOf, type Effect } from '../../effects/effects.js'
import { keyOf } from '../../effects/idempotency-keys.js'
import { practice } from '../../survey/practice.js'
import { ONLY_CONFLICTS, repeatsOnlyConflicts } from '../failures/only-conflicts.js'
import { asksFor, endsBefore, statusesOf } from '../conditions/retry-conditions.js'
import type { Resent } from '../places/interceptor-retries.js'
import type { Retry } from '../places/hand-written-retries.js'
import { repeatedCalls } from '../repeated/repeated-calls.js'
import { isNoWork, wholeWork } from '../repeated/repeated-work.js'
import { repeatsOnlyUnsent } from '../failures/only-unsent.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { some, sourceOf, ts, type TS } from '../../syntax/syntax.js'

const PATTERN = 'retry-idempotency'

export function idempotency(retry: Retry, survey: Survey): Practice[] {
  if (isNoWork(retry) || retry.isPage) return []
  const work = wholeWork(retry, survey)
  if (
    effectsOf(
      work.flatMap((node) => survey.callsFrom(node)),
      survey,
    ).length === 0
  )
    return []
  if (!repeatsOnlyConflicts(retry, survey))
    return judged(
      retry,
      effectsOf(
        work.flatMap((node) => repeatedCalls(node, survey)),
        survey,
      ),
      survey,
    )
  const before = work.flatMap((node) => beforeConflict(node))
  const effects = effectsOf(
    before.flatMap((node) => repeatedCalls(node, survey, true)),
    survey,
  )
  return effects.length === 0
    ? [practice(survey, retry.place, PATTERN, 'present', ONLY_CONFLICTS)]
    : judged(retry, effects, survey)
}

function effectsOf(calls: OutboundCall[], survey: Survey): Effect[] {
  return calls.flatMap((call) => effectOf(call, survey) ?? [])
}

/** What lost wrote nothing; what stands before it took effect, and is repeated with it. */
function beforeConflict(work: TS.Node): TS.Node[] {
  if (!ts.isBlock(work)) return []
  const waiting = work.statements.filter((statement) => some(statement, ts.isAwaitExpression, false))
  return waiting.slice(0, -1)
}

/** What an interceptor sends again is whatever went through its client. */
export function idempotencyOfResent({ retry, call }: Resent, survey: Survey): Practice[] {
  const through = survey.outbound.filter(
    (other) => other !== call && other.client.made === call.client.made && other.node !== call.node,
  )
  return judged(
    retry,
    through.flatMap((other) => effectOf(other, survey) ?? []),
    survey,
  )
}

function judged(retry: Retry, effects: Effect[], survey: Survey): Practice[] {
  const seen = effects.filter((effect) => effect.kind === 'seen')
  const keyed = seen.map((effect) => keyOf(effect, retry.owner ? [retry.owner] : [], survey))
  const unkeyed = seen[keyed.indexOf('unkeyed')]
  const open = seen[keyed.indexOf('open')]
  const first = unkeyed ?? open ?? seen[0] ?? effects[0]
  if (!first) return []
  const excuse = excuseOf(retry, survey)
  if (excuse !== null) return [practice(survey, retry.place, PATTERN, 'present', excuse)]
  const related = [
    { source: sourceOf(first.node), message: 'the repeated call' },
    { source: sourceOf(retry.decision), message: 'where the repeat is decided' },
  ]
  if (first.kind === 'open') {
    const reason = 'its callers pass the method, which may be POST or PATCH'
    const detail = 'Requests of any method are repeated'
    return [practice(survey, retry.place, PATTERN, 'unknown', detail, reason, related)]
  }
  if (first === open) {
    const reason = `its callers pass what is sent, which may contain ${first.keys.map((key) => `\`${key}\``).join(' or ')}`
    return [practice(survey, retry.place, PATTERN, 'unknown', `${first.name} is repeated`, reason, related)]
  }
  if (!unkeyed) return [practice(survey, retry.place, PATTERN, 'present', 'What is repeated carries a key')]
  if (repeatsOnly(statusesAsked(retry, survey), isDeclined)) {
    const reason =
      'it is repeated only after a received response, but a 502 or 504 is from a gateway: the server behind it may have carried out the request (RFC 9110, 15.6)'
    const repeated = `${first.name} is repeated after responses that declined it`
    return [practice(survey, retry.place, PATTERN, 'unknown', repeated, reason, related)]
  }
  const detail = `${first.name} is repeated after a failure without an idempotency key: the first attempt may have taken effect`
  return [practice(survey, retry.place, PATTERN, 'absent', detail, null, related)]
}

/** The condition asks for the method, or lets only answers through by which the server refused. */
function excuseOf(retry: Retry, survey: Survey): string | null {
  const { conditions } = retry
  const method = (node: TS.Node): boolean =>
    (ts.isPropertyAccessExpression(node) && node.name.text === 'method') ||
    (ts.isIdentifier(node) && codeWords().safeMethods.test(node.text))
  if (asksFor(conditions, survey, method)) return 'The retry checks the method'
  if (repeatsOnlyUnsent(conditions, retry.place))
    return 'Only requests that were never sent are repeated: connecting failed'
  return repeatsOnly(statusesAsked(retry, survey), isRefused)
    ? 'Only calls that the server rejected are repeated'
    : null
}

/** Of the answers after which it is repeated; none where it is repeated without an answer, too. */
function statusesAsked({ conditions, place }: Retry, survey: Survey): number[] {
  if (asksFor(conditions, survey, isWithoutAnswer)) return []
  const asked = conditions.filter((condition) => !namesWhatEnds(condition, place))
  return statusesOf(asked, survey).filter((status) => status >= 400)
}

/** `if (status === 401) throw error`: everything else is repeated. */
function namesWhatEnds(condition: TS.Node, repeat: TS.Node): boolean {
  return endsBefore(condition, repeat) && !condition.getText().includes('!')
}

const repeatsOnly = (statuses: number[], test: (status: number) => boolean): boolean =>
  statuses.length > 0 && statuses.every(test)

const isRefused = (status: number): boolean => httpStatuses().refused.includes(status)
const isDeclined = (status: number): boolean =>
  isRefused(status) || httpStatuses().fromGateway.includes(status)

/** `!error.response`: the network failed, and nobody knows what the server did. */
function isWithoutAnswer(node: TS.Node): boolean {
  return (
    ts.isPrefixUnaryExpression(node) &&
    ts.isPropertyAccessExpression(node.operand) &&
    node.operand.name.text === 'response'
  )
}
