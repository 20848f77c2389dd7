/** Whether a retry tells failures that no attempt can cure from those that pass. */
import type { Practice } from '../../../../../facts/code.js'
import { failureBranches, isTold, usesIn } from '../../failures/answers/failure-variables.js'
import { failureOf } from '../../failures/answers/answering-functions.js'
import { isLeave } from '../../syntax/leaving.js'
import { practice } from '../../survey/practice.js'
import { tellsFailures } from '../conditions/retry-conditions.js'
import type { Retry } from '../places/hand-written-retries.js'
import { readsWhatWasMade } from './made-before.js'
import { isNoWork, transactionIn, wholeWork } from '../repeated/repeated-work.js'
import { nextRoundOf } from '../answers/next-rounds.js'
import { failsOnStatus } from '../answers/status-failures.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { throwsIn } from '../../syntax/noted-nodes.js'
import { calleeName, some, sourceOf, ts, type TS } from '../../syntax/syntax.js'
import { wrapperOf } from './replaced-failures.js'

const PATTERN = 'retry-4xx-differentiation'
const ANSWERS = ['http', 'saas', 'mail', 'object-store']

/** What fails for good inside the work, and how: `get` of axios by a 400. */
interface Permanent {
  node: TS.Node
  failure: string
}

export function permanentErrors(retry: Retry, survey: Survey): Practice[] {
  if (isNoWork(retry)) return []
  const work = wholeWork(retry, survey)
  const calls = work
    .flatMap((node) => survey.callsFrom(node))
    .filter(({ client }) => ANSWERS.includes(client.library.protocol ?? '') && client.library.failsOn)
    .filter((call) => !readsWhatWasMade(call, survey))
  const failing =
    calls.find((call) => failsOnStatus(call, retry, work, survey)) ??
    (nextRoundOf(retry) === 'refused' ? calls[0] : undefined)
  const transaction = failing ? null : transactionIn(work, survey)
  if (failing)
    return [
      judged(
        retry,
        { node: failing.node, failure: `a 400 or 404 from ${failing.client.library.title}` },
        work,
        survey,
      ),
    ]
  if (transaction)
    return [
      judged(
        retry,
        { node: transaction, failure: `a violated constraint in \`${calleeName(transaction)}\`` },
        work,
        survey,
      ),
    ]
  if (calls.length === 0) return []
  const answered = calls.find((call) => repeatsEveryAnswer(call, retry))
  if (answered) {
    const failure = `a request that ${answered.client.library.title} answers with an error`
    return [everyFailure(retry, { node: answered.node, failure }, survey)]
  }
  if (nextRoundOf(retry) === 'untold') {
    const again = 'The loop also continues after a response'
    const reason =
      'what is checked in the response before the next attempt was not understood: may it be a rejection?'
    return [practice(survey, retry.decision, PATTERN, 'unknown', again, reason)]
  }
  const detail = 'Only what may succeed is retried: a 400 or 404 does not become an error'
  return [practice(survey, retry.decision, PATTERN, 'present', detail)]
}

/** `const { error } = await insert(order); if (error) await wait()`: no failure leaves the loop, and none is asked what it is. */
function repeatsEveryAnswer(call: OutboundCall, { place }: Retry): boolean {
  const failure = failureOf(call)
  if (!failure || isTold(failure)) return false
  const branches = failureBranches(failure).filter(({ branch }) => isIn(branch, place))
  if (branches.some(({ branch }) => some(branch, isLeave))) return false
  return branches.length > 0 || (throwsIn(place).length === 0 && leavesWithout(failure, place))
}

/** `if (!error) return`, and the next round otherwise. */
function leavesWithout(failure: TS.Identifier, place: TS.Node): boolean {
  return usesIn(failure).some(({ parent }) => {
    const asking = ts.isPrefixUnaryExpression(parent) ? parent.parent : null
    return (
      asking !== null &&
      ts.isIfStatement(asking) &&
      isIn(asking, place) &&
      some(asking.thenStatement, isLeave)
    )
  })
}

const isIn = (node: TS.Node, around: TS.Node): boolean => around.pos <= node.pos && node.end <= around.end

function judged(retry: Retry, { node, failure }: Permanent, work: TS.Node[], survey: Survey): Practice {
  const related = relatedTo(retry, node)
  const told = retry.chosen === null ? tellsFailures(retry.conditions, survey) : retry.chosen
  const wrapper = told === 'tells' ? wrapperOf(retry, work, survey) : null
  if (wrapper !== null) {
    const detail = 'The retry checks the kind of failure'
    const reason = `the work throws \`${wrapper}\` instead of the original error: does that keep what the retry checks?`
    return practice(survey, retry.decision, PATTERN, 'unknown', detail, reason, related)
  }
  switch (told) {
    case 'tells':
    case 'elsewhere':
      return practice(survey, retry.decision, PATTERN, 'present', 'The retry checks the kind of failure')
    case 'hidden':
      return practice(
        survey,
        retry.decision,
        PATTERN,
        'unknown',
        'A function decides which failures are retried',
        'the function that decides cannot be read here, and may let permanent failures through',
        related,
      )
    case 'unread':
      return practice(
        survey,
        retry.decision,
        PATTERN,
        'unknown',
        'The error decides whether it is retried',
        'the condition on the error could not be interpreted, and may let permanent failures through',
        related,
      )
    case 'nothing':
      return everyFailure(retry, { node, failure }, survey)
  }
}

function everyFailure(retry: Retry, { node, failure }: Permanent, survey: Survey): Practice {
  const detail = `Every failure is retried, permanent ones included: ${failure}`
  return practice(survey, retry.decision, PATTERN, 'absent', detail, null, relatedTo(retry, node))
}

function relatedTo({ place }: Retry, node: TS.Node): Practice['related'] {
  return [
    { source: sourceOf(place), message: 'the retry' },
    { source: sourceOf(node), message: 'what is retried' },
  ]
}
