/** What a retry repeats: the outbound calls in its work, also through functions that its callers give. */
import { callersOf } from '../survey/named-callers.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { opensTransaction } from '../survey/call-shapes.js'
import { functionOf, somewhere } from '../survey/practice.js'
import { type Retry } from './retry-places.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import {
  bare,
  calleeName,
  classAround,
  enclosingFunction,
  some,
  ts,
  type TS,
  functionName,
} from '../syntax/syntax.js'

/** The work with what stands for `task()` at the callers of `retry(task)`. */
export function wholeWork(retry: Retry, survey: Survey): TS.Node[] {
  const { owner, work } = retry
  if (!owner || owner.parameters.length === 0) return work
  const given = owner.parameters.flatMap((parameter, index) =>
    isPassedOn(parameter, work)
      ? callersOf(owner, survey).flatMap((call) => functionOf(survey, call.arguments[index])?.body ?? [])
      : [],
  )
  return [...work, ...given]
}

/** Called by the work itself, or given by it to another function. */
function isPassedOn(parameter: TS.ParameterDeclaration, work: TS.Node[]): boolean {
  const name = parameter.name.getText()
  return work.some((node) =>
    some(node, (at) => {
      if (!ts.isCallExpression(at)) return false
      const used = [at.expression, ...at.arguments].map(bare)
      return used.some((part) => {
        if (!ts.isIdentifier(part) || part.text !== name) return false
        const binding = bindingOf(part)
        return binding?.kind === 'parameter' && binding.node === parameter
      })
    }),
  )
}

/** A function that waits until something is there: each failure only says "not yet". */
export function waitsForState(node: TS.Node): boolean {
  return isWithin(node, codeWords().waitsForState)
}

/** Or one that keeps something for as long as the process lives. */
export function isNoWork({ place }: Retry): boolean {
  return waitsForState(place) || isWithin(place, codeWords().staysConnected)
}

/** It reads a stream that never ends by itself: whoever consumes it comes back as often as it breaks. */
export function readsStream({ place, work }: Retry): boolean {
  const { streams } = codeWords()
  const around = enclosingFunction(place)
  const names = (stream: TS.ForOfStatement): string[] => [
    stream.expression.getText(),
    classAround(place)?.name?.text ?? '',
    around ? functionName(around) : '',
  ]
  const isStream = (node: TS.Node): boolean =>
    ts.isForOfStatement(node) && !!node.awaitModifier && names(node).some((name) => streams.test(name))
  const answers = (node: TS.Node): boolean => ts.isReturnStatement(node) && node.expression !== undefined
  return work.some((node) => some(node, isStream, false)) && !work.some((node) => some(node, answers, false))
}

/** A function around has such a name. */
function isWithin(node: TS.Node, words: RegExp): boolean {
  for (let at = enclosingFunction(node); at; at = enclosingFunction(at))
    if (words.test(functionName(at))) return true
  return false
}

/** A transaction of a database client in the work. */
export function transactionIn(work: TS.Node[], survey: Survey): TS.CallExpression | null {
  let found: TS.CallExpression | null = null
  const isTransaction = (node: TS.Node): boolean => {
    if (!ts.isCallExpression(node) || !survey.shapes.isTransaction(calleeName(node))) return false
    const callee = bare(node.expression)
    const client = ts.isPropertyAccessExpression(callee) ? survey.shapes.clientOf(callee.expression) : null
    if (client && opensTransaction(client, calleeName(node))) found = node
    return found !== null
  }
  work.some((node) => somewhere(survey, node, isTransaction))
  return found
}
