/** `retryWhen((errors) => errors.pipe(take(3)))` of RxJS: when the last try has failed, `take` ends the stream as a success does. */
import type { Practice } from '../../../../../facts/code.js'
import { functionOf, practice } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { bare, calleeName, sourceOf, ts, walk, type TS } from '../../syntax/syntax.js'

const PATTERN = 'swallowed-error'

export function completedRetries(survey: Survey): Practice[] {
  return survey.callsNamed('retryWhen').flatMap((retry) => {
    if (!isOfRxjs(survey, retry)) return []
    const notifier = functionOf(survey, retry.arguments[0])
    const end = notifier?.body ? endIn(survey, notifier.body) : null
    if (!end) return []
    const count = end.arguments[0]?.getText() ?? ''
    const detail = `After ${count} failures the stream ends as if the work had succeeded: \`take\` completes what \`retryWhen\` waits for, and throws nothing`
    const related = [{ source: sourceOf(retry), message: 'the retries' }]
    const reader = readerOf(retry)
    if (reader === 'promise') return []
    if (reader === 'stream') return [practice(survey, end, PATTERN, 'absent', detail, null, related)]
    const reason = 'what reads the stream, and whether it requires a value, was not seen'
    return [practice(survey, end, PATTERN, 'unknown', detail, reason, related)]
  })
}

/** A promise of the last value fails where there is none; a stream around, or a subscriber, goes on. */
function readerOf(retry: TS.CallExpression): 'promise' | 'stream' | 'unseen' {
  for (let at: TS.Node = retry; !ts.isStatement(at); at = at.parent) {
    const name = ts.isCallExpression(at) ? calleeName(at) : ''
    if (/^(last|first)ValueFrom$|^toPromise$/.test(name)) return 'promise'
    if (/^((concat|merge|switch|exhaust|flat)Map|subscribe)$/.test(name)) return 'stream'
  }
  return 'unseen'
}

/** The last operator of the pipe: what comes behind it may throw instead. */
function endIn(survey: Survey, body: TS.Node): TS.CallExpression | null {
  let end: TS.CallExpression | null = null
  walk(body, (node) => {
    if (!ts.isCallExpression(node) || calleeName(node) !== 'pipe' || isPiped(node)) return
    const last = node.arguments.at(-1) && bare(node.arguments.at(-1)!)
    if (last && ts.isCallExpression(last) && calleeName(last) === 'take' && isOfRxjs(survey, last)) end = last
  })
  return end
}

/** `errors.pipe(take(3)).pipe(concat(…))`, or one of several in `concat(errors.pipe(take(3)), throwError(…))`. */
function isPiped({ parent }: TS.CallExpression): boolean {
  return ts.isPropertyAccessExpression(parent) || ts.isCallExpression(parent)
}

function isOfRxjs({ resolver }: Survey, { expression }: TS.CallExpression): boolean {
  const found = resolver.resolve(expression)
  return found.kind === 'library' && /^rxjs(\/operators)?$/.test(found.module)
}
