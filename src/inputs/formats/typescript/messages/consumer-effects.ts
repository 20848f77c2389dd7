/** What handlers of messages send to others: a message that is delivered again sends it again, unless somebody notices. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { consumersIn, type Consumer } from './consumers.js'
import { effectOf, type SeenEffect } from '../effects/effects.js'
import { keyOf } from '../effects/idempotency-keys.js'
import { somewhere, practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { calleeName, sourceOf, ts, type TS } from '../syntax/syntax.js'

const PATTERN = 'message-dedup'

export function consumerEffects(survey: Survey): Practice[] {
  return consumersIn(survey).flatMap((consumer) =>
    consumer.shape.again ? judgeConsumer(survey, consumer) : [],
  )
}

function judgeConsumer(survey: Survey, { at, handler, library }: Consumer): Practice[] {
  const effects = survey.callsFrom(handler.body).flatMap((call) => {
    const effect = effectOf(call, survey)
    return effect?.kind === 'seen' ? [effect] : []
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
        `A redelivery by ${library.title} is recognised`,
        null,
        related,
      ),
    ]
  const unkeyed = effects.find((effect) => effect.keys.length > 0 && keyOf(effect, [], survey) === 'unkeyed')
  if (unkeyed && !mayTell(survey, handler.body)) {
    const detail = `${unkeyed.name} is called without \`${unkeyed.keys[0]}\` for each delivery, and ${library.title} may deliver a message twice`
    return [
      practice(survey, unkeyed.node, PATTERN, 'absent', detail, null, [
        { source: sourceOf(at), message: 'the handler of messages' },
      ]),
    ]
  }
  const reason = `${library.title} may deliver a message twice; ${first.name} is reached from it, and no idempotency key and no record of processed messages was seen`
  return [
    practice(survey, at, PATTERN, 'unknown', `${first.name} is reached from a message`, reason, related),
  ]
}

/** A key goes along, or a message that was done is marked or claimed. */
function isRecognised(survey: Survey, body: TS.Node, effects: SeenEffect[]): boolean {
  if (effects.every((effect) => keyOf(effect, [], survey) === 'keyed')) return true
  const { idempotencyKeys, claims, recognisesRepeats, uniqueConflicts } = codeWords()
  const tellsRepeat = (text: string): boolean => recognisesRepeats.test(text) || uniqueConflicts.test(text)
  return somewhere(
    survey,
    body,
    (node) =>
      (ts.isIdentifier(node) && (idempotencyKeys.test(node.text) || tellsRepeat(node.text))) ||
      (ts.isStringLiteralLike(node) && tellsRepeat(node.text)) ||
      (ts.isCallExpression(node) && claims.test(calleeName(node))),
  )
}

/** Something decides, or a store that keeps one row for each key is written: what follows from it is not seen. */
function mayTell(survey: Survey, body: TS.Node): boolean {
  const { keepsOneRow } = codeWords()
  return somewhere(
    survey,
    body,
    (node) => ts.isIfStatement(node) || (ts.isCallExpression(node) && keepsOneRow.test(calleeName(node))),
  )
}
