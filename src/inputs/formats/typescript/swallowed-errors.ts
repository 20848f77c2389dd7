/** Failures of outbound writes that are dropped or only logged. Best-effort work is left alone. */
import type { Practice } from '../../../facts/code.js'
import { practice } from './practice.js'
import type { OutboundCall, Survey } from './survey.js'
import { calleeName, isFunction, some, sourceOf, symbolOf, ts, type TS } from './syntax.js'

const WRITES =
  /^(create|update|upsert|delete|insert|save|send|publish|add|post|put|patch|charge|capture|pay)/i
const BEST_EFFORT =
  /metric|cache|log|audit|telemetry|analytics|track|health|ping|close|disconnect|shut.?down|stop|cleanup|warm|notify.?ops|seed|connect|init/i
const JUSTIFIED =
  /best.?effort|ignore|intentional|non.?critical|non.?blocking|optional|not fatal|fire.?and.?forget|don't (fail|throw|block)|do not (fail|throw|block)|swallow/i
const LOGS = /^(log|debug|info|warn|error|trace|fatal|captureException|captureMessage)$/

export function swallowedErrors(survey: Survey): Practice[] {
  return survey.files.flatMap(({ catches }) => catches.flatMap((clause) => swallowedAt(survey, clause)))
}

function swallowedAt(survey: Survey, clause: TS.CatchClause): Practice[] {
  if (
    isolatesItem(clause) ||
    JUSTIFIED.test(clause.getText()) ||
    BEST_EFFORT.test(symbolOf(clause))
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
      LOGS.test(calleeName(statement.expression)),
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
        WRITES.test(call.method) &&
        !BEST_EFFORT.test(call.node.expression.getText())
      )
        write = call
      return write !== null
    },
    false,
  )
  return write
}
