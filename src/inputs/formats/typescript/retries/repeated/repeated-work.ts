/** What a retry repeats: the outbound calls in its work, also through functions that its callers give. */
import { callersOf } from '../../survey/named-callers.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { opensTransaction } from '../../survey/call-shapes.js'
import { functionOf, somewhere } from '../../survey/practice.js'
import { type Retry } from '../places/hand-written-retries.js'
import { bindingOf } from '../../syntax/scope.js'
import type { Survey } from '../../survey/survey.js'
import {
  bare,
  calleeName,
  classAround,
  enclosingFunction,
  isFunction,
  some,
  ts,
  type TS,
  functionName,
} from '../../syntax/syntax.js'

/**
 * The work with what stands for `task()` at the callers of `retry(task)`. `through`: how many callers may only hand on what they
 * are given; they may choose the failures too.
 */
export function wholeWork(
  { owner, work }: Pick<Retry, 'owner' | 'work'>,
  survey: Survey,
  through = 0,
): TS.Node[] {
  if (!owner || owner.parameters.length === 0) return work
  const passedOn = owner.parameters.filter((parameter) => isPassedOn(parameter, work))
  return [...work, ...passedOn.flatMap((parameter) => givenFor(parameter, survey, through))]
}

/** What callers give, also those that only hand on what they are given. */
function givenFor(parameter: TS.ParameterDeclaration, survey: Survey, through: number): TS.Node[] {
  const owner = parameter.parent
  if (!isFunction(owner)) return []
  const index = owner.parameters.indexOf(parameter)
  return callersOf(owner, survey).flatMap((call) => {
    const argument = call.arguments[index]
    const body = functionOf(survey, argument)?.body
    if (body || !argument) return body ?? []
    const found = through > 0 ? survey.resolver.resolve(argument) : null
    return found?.kind === 'parameter' && found.path.length === 0
      ? givenFor(found.node, survey, through - 1)
      : []
  })
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

/** A function around has such a name; one that says it tries again says so for what stands in it. */
function isWithin(node: TS.Node, words: RegExp): boolean {
  for (let at = enclosingFunction(node); at; at = enclosingFunction(at)) {
    const name = functionName(at)
    if (words.test(name)) return true
    if (codeWords().attempts.test(name)) return false
  }
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
