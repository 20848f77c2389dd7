/** The waits of an interceptor before it sends a request again. */
import type { Practice } from '../../../../../facts/code.js'
import { delayOf, isWaitItself, judgedDelay, placeOf } from './retry-delays.js'
import type { Resent } from '../places/interceptor-retries.js'
import type { Survey } from '../../survey/survey.js'
import { callsIn } from '../../syntax/noted-nodes.js'

export function interceptorWaits({ path }: Resent, survey: Survey): Practice[] {
  return path.flatMap(({ body }) =>
    callsIn(body!).flatMap((call) => {
      const delay = isWaitItself(call) ? null : delayOf(call, survey)
      return delay ? judgedDelay(delay, placeOf(delay, call, survey), true, survey) : []
    }),
  )
}
