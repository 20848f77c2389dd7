/** Lists that a database gives: all rows that a condition is true of, unless the query says how many. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { originsOf } from './list-bounds.js'
import type { Survey } from '../survey/survey.js'
import { ts, type TS } from '../syntax/syntax.js'
import { isStoreRead } from '../effects/writes.js'

/** The rows of a query without a limit, which is asked for none that are known: those would be as many as the keys given. */
export function isOfUnlimitedQuery(list: TS.Expression, survey: Survey): boolean {
  return originsOf(list).some((origin) => {
    const call = ts.isCallExpression(origin) ? survey.outboundAt(origin) : null
    return call !== null && isStoreRead(call) && !codeWords().limitsRows.test(origin.getText())
  })
}
