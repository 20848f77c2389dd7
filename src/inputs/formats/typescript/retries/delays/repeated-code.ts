/** Whether code is run again and again: in a loop, by a function that comes back to itself, or by others that repeat it. */
import { callersOf } from '../../survey/named-callers.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { functionOf, somewhere } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { isFunction, ts, type TS, functionName } from '../../syntax/syntax.js'

export function isRepeated(node: TS.Node, survey: Survey): boolean {
  const around = aroundOf(node)
  if (around.isLoop) return true
  return around.owner !== null && (comesBack(around.owner, survey) || isCalledInLoop(around.owner, survey))
}

interface Around {
  /** A counting loop or one with a condition; going over a list repeats nothing. */
  isLoop: boolean
  /** The first function around with a name, or one that is told which attempt it is: others run where they stand. */
  owner: TS.FunctionLikeDeclaration | null
}

function aroundOf(node: TS.Node): Around {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isForStatement(at) || ts.isWhileStatement(at) || ts.isDoStatement(at))
      return { isLoop: true, owner: null }
    if (isFunction(at) && (functionName(at) !== '' || countsAttempts(at))) return { isLoop: false, owner: at }
  }
  return { isLoop: false, owner: null }
}

function countsAttempts({ parameters }: TS.FunctionLikeDeclaration): boolean {
  return parameters.some(({ name }) => codeWords().attempts.test(name.getText()))
}

function comesBack(owner: TS.FunctionLikeDeclaration, survey: Survey): boolean {
  const isCall = (node: TS.Node): boolean =>
    ts.isCallExpression(node) && functionOf(survey, node.expression) === owner
  return countsAttempts(owner) || (owner.body !== undefined && somewhere(survey, owner.body, isCall))
}

function isCalledInLoop(owner: TS.FunctionLikeDeclaration, survey: Survey): boolean {
  return callersOf(owner, survey).some((call) => aroundOf(call).isLoop)
}
