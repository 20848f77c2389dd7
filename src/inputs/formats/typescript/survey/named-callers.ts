/** Calls of a function of the project, found by its name. */
import { functionOf } from './practice.js'
import type { Survey } from './survey.js'
import { functionName, type TS } from '../syntax/syntax.js'

export function callersOf(owner: TS.FunctionLikeDeclaration, survey: Survey): TS.CallExpression[] {
  const name = functionName(owner)
  return name === ''
    ? []
    : survey.callsNamed(name).filter((call) => functionOf(survey, call.expression) === owner)
}
