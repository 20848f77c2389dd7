/** Messages to receivers that take so many for each destination: what keeps a burst below that? */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { guardsAt } from '../clients/guards-at.js'
import type { Clients } from '../clients/clients.js'
import { practice } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { symbolOf } from '../syntax/syntax.js'

const PATTERN = 'destination-limit'

export function sendLimits(survey: Survey, clients: Clients): Practice[] {
  return survey.outbound.flatMap((call) =>
    call.client.library.sendLimit?.methods.includes(call.method) ? [judgeSend(survey, clients, call)] : [],
  )
}

function judgeSend(survey: Survey, clients: Clients, call: OutboundCall): Practice {
  const { title, sendLimit } = call.client.library
  const guards = guardsAt(clients, call)
  const isCapped = ['rate-limit', 'bulkhead'].some((pattern) => guards?.[pattern]?.state === 'present')
  if (isCapped || codeWords().thinsOut.test(symbolOf(call.node)))
    return practice(
      survey,
      call.node,
      PATTERN,
      'present',
      `Messages to ${title} are reduced before they are sent`,
    )
  const question = `what keeps a burst of messages below the rate limit of ${title}, ${sendLimit!.rate}? No limiter was seen around \`${call.method}\``
  return practice(survey, call.node, PATTERN, 'unknown', `Messages go to ${title} one by one`, question)
}
