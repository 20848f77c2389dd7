/** Failures of outbound writes that are dropped or only logged. Best-effort work is left alone. */
import type { Practice } from '../../../facts/code.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { practice } from './practice.js'
import type { OutboundCall, Survey } from './survey.js'
import { calleeName, isFunction, some, sourceOf, symbolOf, ts, type TS } from './syntax.js'

export function swallowedErrors(survey: Survey): Practice[] {
  return survey.files.flatMap(({ catches }) => catches.flatMap((clause) => swallowedAt(survey, clause)))
}

function swallowedAt(survey: Survey, clause: TS.CatchClause): Practice[] {
  if (
    isolatesItem(clause) ||
    codeWords().justified.test(clause.getText()) ||
    codeWords().bestEffort.test(symbolOf(clause))
  )
    return []
  const write = writeIn(clause.parent.tryBlock, survey)
  if (!write) return []
  if (!onlyLogs(clause.block)) {
    const passedOn = `A failure of \`${write.method}\` (${write.client.library.title}) is acted on where it is caught`
    return [practice(survey, clause, 'swallowed-error', 'present', passedOn)]
  }
  const what = clause.block.statements.length === 0 ? 'dropped' : 'only logged'
  const detail = `A failure of \`${write.method}\` (${write.client.library.title}) is ${what}: the caller takes it for done`
  return [
    practice(survey, clause, 'swallowed-error', 'absent', detail, null, [
      { source: sourceOf(write.node), message: 'the call that may fail' },
    ]),
  ]
}

/** In a loop over items, so that one bad item does not stop the others. */
function isolatesItem(clause: TS.CatchClause): boolean {
  for (let at: TS.Node = clause.parent; at && !isFunction(at); at = at.parent)
    if (ts.isForOfStatement(at)) return true
  return false
}

function onlyLogs(block: TS.Block): boolean {
  return block.statements.every(
    (statement) =>
      ts.isExpressionStatement(statement) &&
      ts.isCallExpression(statement.expression) &&
      codeWords().logs.test(calleeName(statement.expression)),
  )
}

function writeIn(block: TS.Block, survey: Survey): OutboundCall | null {
  let write: OutboundCall | null = null
  some(
    block,
    (node) => {
      const call = survey.outboundAt(node)
      if (
        call &&
        call.client.library.protocol !== 'cache' &&
        codeWords().writes.test(call.method) &&
        !codeWords().bestEffort.test(call.node.expression.getText())
      )
        write = call
      return write !== null
    },
    false,
  )
  return write
}
