/** Whether a service drains on SIGTERM: judged per package that listens, over all of its files. */
import type { Practice, Server } from '../../../facts/code.js'
import { formatSource } from '../../../facts/source.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { functionOf, packageOf, practice, processListener, somewhere } from './practice.js'
import { serverLibrary } from './servers.js'
import type { Survey, Surveyed } from './survey.js'
import { calleeName, some, ts, type TS } from './syntax.js'
import { valueOf } from './values.js'

const PATTERN = 'graceful-shutdown'

export function shutdowns(survey: Survey, servers: Server[]): Practice[] {
  const found = new Map<string, Practice>()
  for (const server of servers) {
    const judged = judgeServer(survey, server)
    found.set(formatSource(judged.source), judged)
  }
  return [...found.values()]
}

function judgeServer(survey: Survey, server: Server): Practice {
  const files = survey.files.filter(({ tree }) => packageOf(survey, tree) === server.package)
  const library = files.flatMap(({ calls }) => calls).find((call) => isShutdownLibrary(call, survey))
  if (library)
    return practice(
      survey,
      library,
      PATTERN,
      'present',
      'A shutdown library or shutdown hooks drain the server',
    )
  const handlers = handlersFor(survey, files, server)
  const closing = handlers.find(({ handler }) => closes(handler, survey))
  if (closing) {
    const drained = practice(survey, closing.call, PATTERN, 'present', 'On SIGTERM the server is closed')
    return { ...drained, seconds: drainBound(closing.handler, survey) }
  }
  const [first] = handlers
  if (first && functionOf(survey, first.handler)) {
    return practice(
      survey,
      first.call,
      PATTERN,
      'inert',
      'The SIGTERM handler never closes the server: requests in flight are dropped',
    )
  }
  if (first)
    return practice(
      survey,
      first.call,
      PATTERN,
      'unknown',
      'A SIGTERM handler is there',
      'the handler could not be followed',
    )
  const detail = 'The process listens, and nothing in its package handles SIGTERM'
  return { ...practice(survey, placeOf(files, server), PATTERN, 'absent', detail), source: server.source }
}

function placeOf(files: Surveyed[], server: Server): TS.Node {
  return files.find(({ tree }) => tree.fileName === server.source.path)!.tree
}

function isShutdownLibrary(call: TS.CallExpression, survey: Survey): boolean {
  if (calleeName(call) === 'enableShutdownHooks') return true
  const callee = survey.shapes.callees.of(call)
  return callee !== null && survey.shapes.librariesOf(callee.module).some(({ kind }) => kind === 'shutdown')
}

interface Handler {
  call: TS.CallExpression
  handler: TS.Expression
}

/** Handlers in the file that listens; else in functions that it calls; else anywhere in the package. */
function handlersFor(survey: Survey, files: Surveyed[], server: Server): Handler[] {
  const here = files.filter(({ tree }) => tree.fileName === server.source.path)
  const own = here.flatMap(({ calls }) => calls.flatMap(handlerAt))
  if (own.length > 0) return own
  const called = here.flatMap(({ calls }) =>
    calls.flatMap((call) => functionOf(survey, call.expression)?.body ?? []),
  )
  const elsewhere = ['on', 'once', 'addListener']
    .flatMap((name) => survey.callsNamed(name))
    .flatMap(handlerAt)
  const reached = elsewhere.filter(({ call }) =>
    called.some((body) => somewhere(survey, body, (node) => node === call)),
  )
  return reached.length > 0
    ? reached
    : elsewhere.filter(({ call }) => packageOf(survey, call) === server.package)
}

/** Also `for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, …)`. */
function handlerAt(call: TS.CallExpression): Handler[] {
  const handler = processListener(call, (event) =>
    ts.isStringLiteralLike(event) ? event.text === 'SIGTERM' : call.getSourceFile().text.includes('SIGTERM'),
  )
  return handler ? [{ call, handler }] : []
}

function closes(handler: TS.Expression, survey: Survey): boolean {
  const body = functionOf(survey, handler)
  return (
    body !== null &&
    somewhere(survey, body, (node) => ts.isCallExpression(node) && closesServer(node, survey))
  )
}

function closesServer(call: TS.CallExpression, survey: Survey): boolean {
  if (!ts.isPropertyAccessExpression(call.expression) || !codeWords().closes.test(call.expression.name.text))
    return false
  const receiver = call.expression.expression
  return (
    codeWords().servers.test(receiver.getText().replace(/[?!]$/, '')) ||
    serverLibrary(receiver, survey) !== null
  )
}

/** `setTimeout(() => process.exit(1), 10_000)` in the handler or in what it calls: the longest that the drain may take. */
function drainBound(handler: TS.Expression, survey: Survey): number | null {
  const bounds: number[] = []
  const body = functionOf(survey, handler)
  if (body) {
    somewhere(survey, body, (node) => {
      const milliseconds = ts.isCallExpression(node) && endsProcess(node) ? boundOf(node, survey) : null
      if (milliseconds !== null) bounds.push(milliseconds / 1000)
      return false
    })
  }
  return bounds.length === 0 ? null : Math.max(...bounds)
}

function endsProcess(call: TS.CallExpression): boolean {
  const [callback] = call.arguments
  return (
    calleeName(call) === 'setTimeout' &&
    callback !== undefined &&
    some(callback, (node) => node.getText() === 'process.exit')
  )
}

function boundOf(timer: TS.CallExpression, survey: Survey): number | null {
  const delay = timer.arguments[1] ? valueOf(timer.arguments[1], survey.resolver) : null
  return delay?.kind === 'number' ? delay.value : null
}
