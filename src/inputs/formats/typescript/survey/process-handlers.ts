/** Handlers of what nobody caught in the process, and whether the process ends by them. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { functionOf, LISTENING, processListener, somewhere } from './practice.js'
import { awayFromProduction } from '../values/production.js'
import type { Survey } from './survey.js'
import { bare, calleeName, ts, type TS } from '../syntax/syntax.js'

export interface ProcessHandler {
  /** Where it is attached. */
  call: TS.CallExpression
  handler: TS.Expression
  event: 'unhandledRejection' | 'uncaughtException'
}

export function processHandlers(survey: Survey): ProcessHandler[] {
  return LISTENING.flatMap((name) => survey.callsNamed(name)).flatMap((call) => {
    let event: ProcessHandler['event'] | null = null
    const handler = processListener(call, (named) => {
      event = ts.isStringLiteralLike(named) ? eventOf(named.text) : null
      return event !== null
    })
    return handler && event ? [{ call, handler, event }] : []
  })
}

function eventOf(text: string): ProcessHandler['event'] | null {
  return text === 'unhandledRejection' || text === 'uncaughtException' ? text : null
}

/** `developing`: it ends outside of production only; `calls`: a call may end it; `unseen`: the handler could not be followed. */
export type HandlerEnd = 'ends' | 'developing' | 'calls' | 'goes on' | 'unseen'

export function endBy(survey: Survey, { handler }: ProcessHandler): HandlerEnd {
  const body = functionOf(survey, handler)
  if (!body) return isLog(handler) ? 'goes on' : 'unseen'
  const { resolver } = survey
  if (somewhere(survey, body, (node) => ends(node) && awayFromProduction(node, resolver) === null))
    return 'ends'
  if (somewhere(survey, body, ends)) return 'developing'
  return somewhere(survey, body, (node) => mayEnd(survey, node)) ? 'calls' : 'goes on'
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
