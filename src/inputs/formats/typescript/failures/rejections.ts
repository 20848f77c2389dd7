/** Handlers of unhandled rejections and uncaught exceptions: they must end the process. */
import type { Guard, Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { functionOf, LISTENING, practice, processListener, somewhere } from '../survey/practice.js'
import { awayFromProduction } from '../values/production.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, ts, type TS } from '../syntax/syntax.js'

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
  const at = (state: Guard['state'], detail: string, reason: string | null = null): Practice =>
    practice(survey, call, PATTERN, state, detail, reason)
  const goesOn = `The handler of ${event} lets the process go on in an unknown state`
  const body = functionOf(survey, handler)
  if (!body && isLog(handler)) return at('absent', goesOn)
  if (!body) return at('unknown', `A handler of ${event} is there`, 'the handler could not be followed')
  const { resolver } = survey
  if (somewhere(survey, body, (node) => ends(node) && awayFromProduction(node, resolver) === null))
    return at('present', `The handler of ${event} ends the process`)
  if (somewhere(survey, body, ends)) return at('absent', `${goesOn}: it ends it outside of production only`)
  if (somewhere(survey, body, (node) => mayEnd(survey, node)))
    return at(
      'unknown',
      `The handler of ${event} calls something that may end the process`,
      'the call could not be followed',
    )
  return at('absent', goesOn)
}

/** `console.error`, given as the handler itself. */
function isLog(handler: TS.Expression): boolean {
  const node = bare(handler)
  return ts.isPropertyAccessExpression(node) && codeWords().logs.test(node.name.text)
}

/** By its name, where what it does is not seen; or by whatever answers the signal that it raises. */
function mayEnd(survey: Survey, node: TS.Node): boolean {
  if (!ts.isCallExpression(node)) return false
  if (/^process\.emit\(\s*['"`]SIG(TERM|INT)\b/.test(node.getText())) return true
  return codeWords().endsProcess.test(calleeName(node)) && functionOf(survey, node.expression) === null
}

function ends(node: TS.Node): boolean {
  if (ts.isThrowStatement(node)) return true
  return (
    ts.isCallExpression(node) && /^process\.(exit|abort|kill|reallyExit)$/.test(node.expression.getText())
  )
}
