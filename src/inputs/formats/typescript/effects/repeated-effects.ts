/** What repeating a call does: nothing, something that carries a key, or something that may happen twice. */
import type { Guard } from '../../../../facts/code.js'
import { effectOf, type Effect } from './effects.js'
import { explicit, plain } from '../values/guard-values.js'
import { isKeyed, keyOf } from './idempotency-keys.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import type { Guards } from '../survey/wrappers.js'

/** Whether a repeated call may do harm depends on what it does: nothing, something that carries a key, or something else. */
export function withEffects(guards: Guards, call: OutboundCall, survey: Survey): Guards {
  const guard = guards['retry-idempotency']
  if (!guard) return guards
  const effect = effectOf(call, survey)
  if (effect === null) delete guards['retry-idempotency']
  else if (guard.state === 'absent') guards['retry-idempotency'] = repeated(guard, effect, call, survey)
  return guards
}

function repeated(guard: Guard, effect: Effect, call: OutboundCall, survey: Survey): Guard {
  const isSeen = effect.kind === 'seen'
  const keyed = isSeen ? keyOf(effect, [call.node], survey) : isKeyed([call.node]) ? 'keyed' : 'open'
  if (keyed === 'keyed') return explicit('the repeated call carries a key')
  if (keyed === 'unkeyed') return guard
  return plain(
    'unknown',
    isSeen
      ? `its callers pass what is sent, which may contain ${effect.keys.map((key) => `\`${key}\``).join(' or ')}`
      : 'its callers pass the method, which may be POST or PATCH',
  )
}
