/** Jobs that run by the clock: every replica does them at the same time, unless a lock or a claim decides. */
import { callersOf } from '../survey/named-callers.js'
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { guardOfJob } from './job-locks.js'
import { functionOf, practice, somewhere } from '../survey/practice.js'
import { startsWithProcess } from '../running/process-start.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { calleeName, enclosingFunction, sourceOf, symbolOf, ts, type TS } from '../syntax/syntax.js'
import { isInFailure } from '../retries/restarts/ways-back.js'
import { startedBy } from '../retries/restarts/restarts.js'
import { isRepeatable, isStoreRead, isWrite } from '../effects/writes.js'

type Made = TS.CallExpression | TS.NewExpression

const TIMERS = /^set(Timeout|Interval)$/

interface Job {
  /** Where it is scheduled. */
  at: TS.Node
  body: TS.Node
}

export function scheduledJobs(survey: Survey): Practice[] {
  const places = [...survey.ofLibraries.map(({ made }) => made), ...survey.callsNamed(TIMERS)]
  return [...new Set(places)].flatMap((call) => {
    const job = jobAt(survey, call)
    return job ? judgeJob(survey, job) : []
  })
}

function jobAt(survey: Survey, call: Made): Job | null {
  return byScheduler(survey, call) ?? byInterval(survey, call) ?? byOwnTimer(survey, call)
}

/** Whether something stands in a job, as it is written. */
export function isInJob(survey: Survey, node: TS.Node): boolean {
  const here = survey.files.find(({ tree }) => tree === node.getSourceFile())
  return (here?.made ?? []).some((call) => {
    const body = jobAt(survey, call)?.body
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
  return takesWork(symbolOf(call), callback.getText()) && readsStore(survey, callback.body)
    ? { at: call, body: callback.body }
    : null
}

/** A timer that starts its own function again, which the process started: a daemon, round by round. */
function byOwnTimer(survey: Survey, call: Made): Job | null {
  if (!ts.isCallExpression(call) || calleeName(call) !== 'setTimeout' || !ts.isIdentifier(call.expression))
    return null
  const owner = ownerStartedAgain(survey, call)
  if (!owner?.body || enclosingFunction(owner) || isInFailure(call, owner, survey)) return null
  const { pos, end, body } = owner
  const isStarted = callersOf(owner, survey).some(
    (caller) => (caller.pos < pos || caller.end > end) && startsWithProcess(caller),
  )
  // Who polls for due work is called so, too.
  const name = symbolOf(call).replace(/poll/gi, '')
  return isStarted && takesWork(name, '') && readsStore(survey, body) ? { at: call, body } : null
}

/** The function around a timer that it starts. */
function ownerStartedAgain(survey: Survey, timer: TS.CallExpression): TS.FunctionLikeDeclaration | null {
  const started = startedBy(timer, survey)
  let owner = enclosingFunction(timer)
  while (owner && !started.has(owner)) owner = enclosingFunction(owner)
  return owner
}

function readsStore(survey: Survey, body: TS.Node): boolean {
  const calls: OutboundCall[] = survey.callsFrom(body)
  return calls.some(isStoreRead)
}

/** What only keeps the process itself fresh may be done by each. */
function takesWork(name: string, text: string): boolean {
  return !codeWords().harmlessTimers.test(`${name} ${text.slice(0, 400)}`)
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
