/** Whether a service drains on SIGTERM: judged per package that listens, over all of its files. */
import type { Practice, Server } from '../../../facts/code.js'
import { functionOf, packageOf, practice, processListener, somewhere } from './practice.js'
import { serverLibrary } from './servers.js'
import type { Survey, Surveyed } from './survey.js'
import { calleeName, ts, type TS } from './syntax.js'

const CLOSES =
  /^(close|closeAllConnections|closeIdleConnections|stop|shutdown|tryShutdown|drain|terminate|destroy)$/
const SERVER_TEXT = /(server|app|fastify|http)$/i
const PATTERN = 'graceful-shutdown'

export function shutdowns(survey: Survey, servers: Server[]): Practice[] {
  const folders = [...new Set(servers.map((server) => server.package))]
  return folders.map((folder) =>
    judgeService(
      survey,
      folder,
      servers.filter((server) => server.package === folder),
    ),
  )
}

function judgeService(survey: Survey, folder: string, servers: Server[]): Practice {
  const files = survey.files.filter(({ tree }) => packageOf(survey, tree) === folder)
  const library = files.flatMap(({ calls }) => calls).find((call) => isShutdownLibrary(call, survey))
  if (library)
    return practice(
      survey,
      library,
      PATTERN,
      'present',
      'A shutdown library or shutdown hooks drain the server',
    )
  const handlers = handlersIn(survey, files)
  const closing = handlers.find(({ handler }) => closes(handler, survey))
  if (closing) return practice(survey, closing.call, PATTERN, 'present', 'On SIGTERM the server is closed')
  const [first] = handlers
  if (first) {
    const body = functionOf(survey, first.handler)
    if (!body)
      return practice(
        survey,
        first.call,
        PATTERN,
        'unknown',
        'A SIGTERM handler is there',
        'the handler could not be followed',
      )
    return practice(
      survey,
      first.call,
      PATTERN,
      'inert',
      'The SIGTERM handler never closes the server: requests in flight are dropped',
    )
  }
  const [server] = servers
  const place = placeOf(files, server!)
  const detail = 'The process listens, and nothing in its package handles SIGTERM'
  return { ...practice(survey, place, PATTERN, 'absent', detail), source: server!.source }
}

function placeOf(files: Surveyed[], server: Server): TS.Node {
  return files.find(({ tree }) => tree.fileName === server.source.path)!.tree
}

function isShutdownLibrary(call: TS.CallExpression, survey: Survey): boolean {
  if (calleeName(call) === 'enableShutdownHooks') return true
  const callee = survey.resolver.resolve(call.expression)
  return (
    callee.kind === 'library' &&
    survey.shapes.librariesOf(callee.module).some(({ kind }) => kind === 'shutdown')
  )
}

interface Handler {
  call: TS.CallExpression
  handler: TS.Expression
}

/** Handlers in the package, or in functions of another package that it calls. */
function handlersIn(survey: Survey, files: Surveyed[]): Handler[] {
  const own = files.flatMap(({ calls }) => calls.flatMap(handlerAt))
  if (own.length > 0) return own
  const called = files.flatMap(({ calls }) =>
    calls.flatMap((call) => functionOf(survey, call.expression) ?? []),
  )
  const elsewhere = new Set(
    called.map((node) => node.getSourceFile()).filter((tree) => tree.text.includes('SIGTERM')),
  )
  return survey.files
    .filter(({ tree }) => elsewhere.has(tree))
    .flatMap(({ calls }) => calls.flatMap(handlerAt))
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
  if (!ts.isPropertyAccessExpression(call.expression) || !CLOSES.test(call.expression.name.text)) return false
  const receiver = call.expression.expression
  return SERVER_TEXT.test(receiver.getText().replace(/[?!]$/, '')) || serverLibrary(receiver, survey) !== null
}
