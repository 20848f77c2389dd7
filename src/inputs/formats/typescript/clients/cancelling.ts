/** Whether a call that a race against a timer gives up is ended as well, by a timeout of its own. */
import { explicit, plain } from '../values/guard-values.js'
import { GIVES_UP, TIMEOUTS } from '../survey/project-wrappers.js'
import type { Guards } from '../survey/wrappers.js'

/** Says so of calls of which it is known; `written` is what is set for the call itself. */
export function withCancelling(guards: Guards, written: Guards): Guards {
  const { [GIVES_UP]: givenUp, ...others } = guards
  if (!givenUp) return guards
  const own = TIMEOUTS.filter((pattern) => pattern !== 'connect-timeout').flatMap(
    (pattern) => written[pattern] ?? [],
  )
  if (own.some(({ state }) => state === 'present'))
    return { ...others, 'timeout-cancels': explicit('its own timeout ends the call that the race gives up') }
  const goesOn = own.length > 0 && own.every(({ state }) => state === 'absent' || state === 'inert')
  if (!goesOn) return others
  const reason = 'a race against a timer ends only the wait, and nothing ends the call'
  return { ...others, 'timeout-cancels': { ...plain('absent', reason), source: givenUp.source } }
}
