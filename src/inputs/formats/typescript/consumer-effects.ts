/** What handlers of messages send to others: a message that is delivered again sends it again, unless somebody notices. */
import type { Practice } from '../../../facts/code.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { consumersIn, type Consumer } from './consumers.js'
import { effectOf, isKeyed } from './effects.js'
import { somewhere, practice } from './practice.js'
import type { Survey } from './survey.js'
import { calleeName, sourceOf, ts, type TS } from './syntax.js'

const PATTERN = 'message-dedup'

export function consumerEffects(survey: Survey): Practice[] {
  return consumersIn(survey).flatMap((consumer) => judgeConsumer(survey, consumer))
}

function judgeConsumer(survey: Survey, { at, handler, library }: Consumer): Practice[] {
  const effects = survey.callsFrom(handler.body).flatMap((call) => {
    const effect = effectOf(call, survey)
    return effect?.kind === 'seen' ? [{ ...effect, key: call.client.library.effects?.key }] : []
  })
  const [first] = effects
  if (!first) return []
  const related = [{ source: sourceOf(first.node), message: 'what is sent' }]
  if (isRecognised(survey, handler.body, effects))
    return [
      practice(
        survey,
        at,
        PATTERN,
        'present',
        `What ${library.title} delivers again is recognised`,
        null,
        related,
      ),
    ]
  const unkeyed = effects.find(({ key }) => key !== undefined)
  if (unkeyed && !somewhere(survey, handler.body, ts.isIfStatement)) {
    const detail = `${unkeyed.name} is called without \`${unkeyed.key}\` for each delivery, and ${library.title} may deliver a message twice`
    return [
      practice(survey, unkeyed.node, PATTERN, 'absent', detail, null, [
        { source: sourceOf(at), message: 'the handler of messages' },
      ]),
    ]
  }
  const reason = `${library.title} may deliver a message twice; ${first.name} is reached from it, and no key and no mark of messages done was seen`
  return [
    practice(survey, at, PATTERN, 'unknown', `${first.name} is reached from a message`, reason, related),
  ]
}

/** A key goes along, or a message that was done is marked or claimed. */
function isRecognised(survey: Survey, body: TS.Node, effects: { node: TS.Node }[]): boolean {
  if (effects.every(({ node }) => isKeyed([node]))) return true
  const { idempotencyKeys, claims } = codeWords()
  return somewhere(
    survey,
    body,
    (node) =>
      (ts.isIdentifier(node) && idempotencyKeys.test(node.text)) ||
      (ts.isCallExpression(node) && claims.test(calleeName(node))),
  )
}
