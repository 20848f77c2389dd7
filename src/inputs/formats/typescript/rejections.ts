/** Handlers of unhandled rejections and uncaught exceptions: they must end the process. */
import type { Practice } from '../../../facts/code.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { functionOf, LISTENING, practice, processListener, somewhere } from './practice.js'
import type { Survey } from './survey.js'
import { calleeName, ts, type TS } from './syntax.js'

const PATTERN = 'unhandled-rejection'

export function rejections(survey: Survey): Practice[] {
  return LISTENING.flatMap((name) => survey.callsNamed(name)).flatMap((call) => {
    const handler = processListener(
      call,
      (event) => ts.isStringLiteralLike(event) && /^(unhandledRejection|uncaughtException)$/.test(event.text),
    )
    return handler ? [judgeHandler(survey, call, handler)] : []
  })
}

function judgeHandler(survey: Survey, call: TS.CallExpression, handler: TS.Expression): Practice {
  const event = call.arguments[0]!.getText().replace(/['"`]/g, '')
  const body = functionOf(survey, handler)
  if (!body)
    return practice(
      survey,
      call,
      PATTERN,
      'unknown',
      `A handler of ${event} is there`,
      'the handler could not be followed',
    )
  if (somewhere(survey, body, ends))
    return practice(survey, call, PATTERN, 'present', `The handler of ${event} ends the process`)
  if (
    somewhere(
      survey,
      body,
      (node) => ts.isCallExpression(node) && codeWords().endsProcess.test(calleeName(node)),
    )
  ) {
    return practice(
      survey,
      call,
      PATTERN,
      'unknown',
      `The handler of ${event} calls something that may end the process`,
      'the call could not be followed',
    )
  }
  return practice(
    survey,
    call,
    PATTERN,
    'absent',
    `The handler of ${event} lets the process go on in an unknown state`,
  )
}

function ends(node: TS.Node): boolean {
  if (ts.isThrowStatement(node)) return true
  return (
    ts.isCallExpression(node) && /^process\.(exit|abort|kill|reallyExit)$/.test(node.expression.getText())
  )
}
