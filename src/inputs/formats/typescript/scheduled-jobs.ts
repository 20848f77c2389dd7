/** Jobs that run by the clock: every replica does them at the same time, unless a lock or a claim decides. */
import type { Practice } from '../../../facts/code.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { guardOfJob } from './job-locks.js'
import { functionOf, practice, somewhere } from './practice.js'
import { startsWithProcess } from './process-start.js'
import type { OutboundCall, Survey } from './survey.js'
import { calleeName, sourceOf, symbolOf, ts, type TS } from './syntax.js'
import { isRepeatable, isStoreRead, isWrite } from './writes.js'

type Made = TS.CallExpression | TS.NewExpression

interface Job {
  /** Where it is scheduled. */
  at: TS.Node
  body: TS.Node
}

export function scheduledJobs(survey: Survey): Practice[] {
  return survey.files.flatMap(({ made }) =>
    made.flatMap((call) => {
      const job = byScheduler(survey, call) ?? byInterval(survey, call)
      return job ? judgeJob(survey, job) : []
    }),
  )
}

/** Whether something stands in a job, as it is written. */
export function isInJob(survey: Survey, node: TS.Node): boolean {
  const here = survey.files.find(({ tree }) => tree === node.getSourceFile())
  return (here?.made ?? []).some((call) => {
    const body = (byScheduler(survey, call) ?? byInterval(survey, call))?.body
    return body !== undefined && body.pos <= node.pos && node.end <= body.end
  })
}

function judgeJob(survey: Survey, { at, body }: Job): Practice[] {
  const lost = survey.callsFrom(body).length === 0 ? lostCall(survey, body) : null
  if (lost !== null) {
    const reason = `\`${lost}\`, which it calls, could not be followed`
    return [practice(survey, at, 'distributed-lock', 'unknown', 'Every instance runs the job', reason)]
  }
  const work = survey.callsFrom(body).find((call) => isWrite(call) && !isRepeatable(call))
  if (!work) return []
  const related = [{ source: sourceOf(work.node), message: 'what the job does' }]
  const { state, detail, reason } = guardOfJob(survey, at, body)
  return [practice(survey, at, 'distributed-lock', state, detail, reason, related)]
}

/** `cron.schedule('* * * * *', job)`, `new CronJob(…)`, `@Cron(…)` on a method. */
function byScheduler(survey: Survey, call: Made): Job | null {
  const callee = survey.shapes.callees.of(call)
  if (callee === null || !codeWords().schedulers.includes(callee.module)) return null
  const { parent } = call
  const callback = ts.isDecorator(parent)
    ? ts.isMethodDeclaration(parent.parent)
      ? parent.parent
      : null
    : callbackOf(survey, call)
  return callback?.body ? { at: call, body: callback.body } : null
}

/** A function among the arguments, or as `onTick` of an options object. */
function callbackOf(survey: Survey, call: Made): TS.FunctionLikeDeclaration | null {
  for (const argument of call.arguments ?? []) {
    const option = ts.isObjectLiteralExpression(argument)
      ? argument.properties.find(({ name }) => name?.getText() === 'onTick')
      : undefined
    if (option && ts.isMethodDeclaration(option)) return option
    const found = functionOf(
      survey,
      option && ts.isPropertyAssignment(option) ? option.initializer : argument,
    )
    if (found) return found
  }
  return null
}

/** A timer that starts with the process and takes its work from a database: what it holds itself is its own. */
function byInterval(survey: Survey, call: Made): Job | null {
  if (!ts.isCallExpression(call) || calleeName(call) !== 'setInterval' || !ts.isIdentifier(call.expression))
    return null
  const callback = functionOf(survey, call.arguments[0])
  if (!callback?.body || !startsWithProcess(call)) return null
  const calls: OutboundCall[] = survey.callsFrom(callback.body)
  const isHarmless = codeWords().harmlessTimers.test(`${symbolOf(call)} ${callback.getText().slice(0, 400)}`)
  return calls.some(isStoreRead) && !isHarmless ? { at: call, body: callback.body } : null
}

/** A call that is waited for and leads out of what was read. */
function lostCall(survey: Survey, body: TS.Node): string | null {
  let lost: string | null = null
  somewhere(survey, body, (node) => {
    if (ts.isAwaitExpression(node) && ts.isCallExpression(node.expression)) {
      const callee = node.expression.expression
      if (survey.resolver.resolve(callee).kind === 'unknown') lost = callee.getText().slice(0, 60)
    }
    return lost !== null
  })
  return lost
}
