/** Handlers of unhandled rejections and uncaught exceptions: they must end the process. */
import type { Guard, Practice } from '../../../../../facts/code.js'
import { practice } from '../../survey/practice.js'
import { endBy, processHandlers, type ProcessHandler } from '../../survey/process-handlers.js'
import type { Survey } from '../../survey/survey.js'

const PATTERN = 'unhandled-rejection'

export function rejections(survey: Survey): Practice[] {
  return processHandlers(survey).map((handler) => judgeHandler(survey, handler))
}

function judgeHandler(survey: Survey, handler: ProcessHandler): Practice {
  const { call, event } = handler
  const at = (state: Guard['state'], detail: string, reason: string | null = null): Practice =>
    practice(survey, call, PATTERN, state, detail, reason)
  const goesOn = `The handler of ${event} does not end the process`
  switch (endBy(survey, handler)) {
    case 'ends':
      return at('present', `The handler of ${event} ends the process`)
    case 'developing':
      return at('absent', `${goesOn}: it exits only outside production`)
    case 'calls':
      return at(
        'unknown',
        `The handler of ${event} calls something that may end the process`,
        'the call could not be followed',
      )
    case 'unseen':
      return at('unknown', `A handler of ${event} exists`, 'the handler could not be followed')
    case 'goes on':
      return at('absent', goesOn)
  }
}
