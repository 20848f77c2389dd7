/** Loads whose promise is kept before it is awaited, so that whoever asks meanwhile waits for the same one. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { callersOf } from '../survey/named-callers.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import { bare, enclosingFunction, ts, type TS } from '../syntax/syntax.js'
import { isBehindFlag } from './loading-flags.js'
import { isKept } from './kept-promises.js'
import { handingOn, isGivenToSharing, isOfSharing, writtenInto } from './sharing-functions.js'

/** Through how many functions around a load its promise is followed. */
const MAX_STEPS = 4

/** The promise of the load, or of each call of the function around it, is shared, or one caller at a time loads. */
export function isShared(survey: Survey, work: TS.CallExpression, step = 0): boolean {
  if (isKept(work) || isOfSharing(survey, work)) return true
  const around = enclosingFunction(work)
  if (!around || step >= MAX_STEPS) return false
  if (isBehindFlag(around, work)) return true
  const outer = writtenInto(around)
  if (outer)
    return isOneAtATime(outer) || isGivenToSharing(survey, outer, around) || isShared(survey, outer, step + 1)
  const handed = handingOn(survey, around)
  if (!handed.every((call) => isGivenToSharing(survey, call, around))) return false
  const callers = callersOf(around, survey)
  return callers.length + handed.length > 0 && callers.every((call) => isShared(survey, call, step + 1))
}

/** `queue.add(work)` of `new PQueue({ concurrency: 1 })`, `limit(work)` of `pLimit(1)`. */
function isOneAtATime({ expression }: TS.CallExpression): boolean {
  const callee = bare(expression)
  const queue = ts.isPropertyAccessExpression(callee) ? bare(callee.expression) : callee
  const binding = ts.isIdentifier(queue) ? bindingOf(queue) : null
  const made = binding?.kind === 'value' && binding.path.length === 0 ? binding.node : null
  if (!made || (!ts.isNewExpression(made) && !ts.isCallExpression(made))) return false
  const [given] = made.arguments ?? []
  if (!given || enclosingFunction(made) === enclosingFunction(expression)) return false
  if (ts.isNumericLiteral(given))
    return given.text === '1' && codeWords().makesLimits.test(made.expression.getText())
  return (
    ts.isObjectLiteralExpression(given) &&
    given.properties.some(
      (option) =>
        ts.isPropertyAssignment(option) &&
        codeWords().concurrencyOptions.test(option.name.getText()) &&
        option.initializer.getText() === '1',
    )
  )
}
