/** Work that waits in timers of the process: lost on restart. What an interval misses, its next round makes up for. */
import type { Practice } from '../../../../facts/code.js'
import { formatDuration } from '../../../../facts/units.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { functionOf, practice } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { calleeName, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { longest } from '../values/longest-delay.js'
import { isWrite } from '../effects/writes.js'

export function timers(survey: Survey): Practice[] {
  const inProcess = survey.callsNamed('setTimeout').flatMap((call) => timerAt(survey, call))
  return [...inProcess, ...survey.outbound.flatMap((call) => delayedJob(survey, call))]
}

/** `queue.add('remind', data, { delay: 900_000 })`: the work waits in the queue's store. */
function delayedJob(survey: Survey, { node, client, method }: OutboundCall): Practice[] {
  if (client.library.protocol !== 'queue') return []
  const isDelayed = node.arguments.some(
    (argument) =>
      ts.isObjectLiteralExpression(argument) &&
      argument.properties.some((property) => property.name?.getText() === 'delay'),
  )
  const detail = `\`${method}\` of ${client.library.title} lets the work wait in the queue's store`
  return isDelayed ? [practice(survey, node, 'in-memory-timer', 'present', detail)] : []
}

function timerAt(survey: Survey, call: TS.CallExpression): Practice[] {
  if (!ts.isIdentifier(call.expression)) return []
  if (survey.resolver.resolve(call.expression).kind !== 'global' || isExempt(call)) return []
  const delay = call.arguments[1] ? longest(call.arguments[1], survey.resolver) : null
  if (delay === null || delay < codeWords().longTimerSeconds * 1000) return []
  const work = durableWork(survey, call.arguments[0])
  if (!work) return []
  const related = [{ source: sourceOf(work.node), message: 'the work that waits' }]
  const wait = formatDuration(delay / 1000)
  return [
    practice(
      survey,
      call,
      'in-memory-timer',
      'absent',
      `\`${work.method}\` of ${work.client.library.title} waits up to ${wait} in an in-process timer`,
      null,
      related,
    ),
  ]
}

function durableWork(survey: Survey, callback: TS.Expression | undefined): OutboundCall | null {
  const body = functionOf(survey, callback)?.body
  return body && !codeWords().harmlessTimers.test(callback!.getText().slice(0, 400))
    ? survey.reaches(body, isWrite)
    : null
}

/** `.unref()` says that nobody waits for it. */
function isExempt(call: TS.CallExpression): boolean {
  const { parent } = call
  if (ts.isPropertyAccessExpression(parent) && parent.name.text === 'unref') return true
  const target = ts.isBinaryExpression(parent)
    ? parent.left.getText()
    : ts.isVariableDeclaration(parent)
      ? parent.name.getText()
      : ''
  return (
    target !== '' &&
    (codeWords().harmlessTimers.test(target) || call.getSourceFile().text.includes(`${target}.unref`)) &&
    calleeName(call) !== ''
  )
}
