/** Retries of rxjs around a promise that was made before: to subscribe again gives its failure again, and calls nobody. */
import type { Practice } from '../../../../../facts/code.js'
import { functionOf, practice } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { bare, calleeName, sourceOf, ts, type TS } from '../../syntax/syntax.js'

const RXJS = /^rxjs(\/operators)?$/

export function resubscriptions(survey: Survey): Practice[] {
  return survey.callsNamed('from').flatMap((from) => {
    const made = from.arguments[0] && bare(from.arguments[0])
    const retry = made && ts.isCallExpression(made) ? retryBehind(from, survey) : null
    if (!retry || !isOfRxjs(from, survey) || !givesPromise(made as TS.CallExpression, survey)) return []
    const name = calleeName(made as TS.CallExpression)
    const detail = `\`${calleeName(retry)}\` never calls \`${name}\` again: the promise was created before, and gives the same failure each time`
    const related = [
      { source: sourceOf(from), message: '`defer(() => …)` would create a new one for each attempt' },
    ]
    return [practice(survey, retry, 'http-retry', 'inert', detail, null, related)]
  })
}

/** `retry` or `retryWhen` of `from(…).pipe(…, retry(3))`. */
function retryBehind({ parent }: TS.CallExpression, survey: Survey): TS.CallExpression | null {
  if (
    !ts.isPropertyAccessExpression(parent) ||
    parent.name.text !== 'pipe' ||
    !ts.isCallExpression(parent.parent)
  )
    return null
  const operators = parent.parent.arguments
  const index = operators.findIndex(
    (argument) =>
      ts.isCallExpression(argument) &&
      /^retry(When)?$/.test(calleeName(argument)) &&
      isOfRxjs(argument, survey),
  )
  const operator = operators[index]
  if (!operator || !ts.isCallExpression(operator)) return null
  return operators.slice(0, index).some((before) => makesAnew(before, survey)) ? null : operator
}

/** `mergeMap((id) => load(id))`, or an operator of the project: what fails there is made with each subscription. */
function makesAnew(operator: TS.Expression, survey: Survey): boolean {
  const made = bare(operator)
  if (!ts.isCallExpression(made) || !isOfRxjs(made, survey)) return true
  return /Map(To)?$|^(expand|catchError)$/.test(calleeName(made))
}

function isOfRxjs({ expression }: TS.CallExpression, survey: Survey): boolean {
  const found = survey.resolver.resolve(expression)
  return found.kind === 'library' && RXJS.test(found.module)
}

/** By what is called, or by the type that it is declared with: an observable is subscribed to anew. */
function givesPromise(call: TS.CallExpression, survey: Survey): boolean {
  if (survey.outboundAt(call)) return true
  const called = functionOf(survey, call.expression)
  if (called) {
    const isAsync = called.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false
    return isAsync || called.type?.getText().startsWith('Promise<') === true
  }
  const name = calleeName(call)
  const declared = new RegExp(`\\b${name}\\??\\s*:\\s*\\([^()]*\\)\\s*=>\\s*Promise<`)
  return name !== '' && declared.test(call.getSourceFile().text)
}
