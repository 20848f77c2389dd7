/** Whether a service drains on SIGTERM: judged per package that starts a server, over all of its files. */
import { GUARD_STATES } from '../../../../facts/guard-states.js'
import type { Practice, Server } from '../../../../facts/code.js'
import { formatSource } from '../../../../facts/source.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { coversAll, limitsBeside, type Limits, type OnlyWhere } from './environments.js'
import { callSomewhere, functionOf, packageOf, practice } from '../survey/practice.js'
import { drainBound, waitBeforeExit } from './exits.js'
import { oncePerProcess } from './one-process.js'
import { isOfProgramAbove } from './placed-manifests.js'
import { startersOf } from './server-starts.js'
import { serverLibrary } from './servers.js'
import type { Survey } from '../survey/survey.js'
import { calleeName, some, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { callsLibraryThat, isOff, registeredWith, terminationsIn, type Termination } from './terminations.js'
import { whenRun } from './when-run.js'

const PATTERN = 'graceful-shutdown'

export function shutdowns(survey: Survey, servers: Server[]): Practice[] {
  const found = new Map<string, Practice>()
  for (const server of servers) {
    const judged = judgeServer(survey, server)
    found.set(formatSource(judged.source), judged)
  }
  return oncePerProcess(survey, [...found.values()])
}

/** Of several packages that start it, the one that ends it worst. */
function judgeServer(survey: Survey, server: Server): Practice {
  const tree = survey.files.find((file) => file.tree.fileName === server.source.path)!.tree
  const limits = limitsBeside(listeningAt(survey, server), survey)
  const [first, ...others] = [...startedIn(survey, server)].map((folder) =>
    judgeIn(survey, server, tree, folder, limits),
  )
  if (first) return others.reduce((worst, judged) => (rankOf(judged) < rankOf(worst) ? judged : worst), first)
  const own = judgeHandlers(survey, handlersFor(survey, [tree], server, null), limits)
  if (own?.state === 'present') return own
  const reason = 'its package is a library, and what starts the server was not seen'
  return at(server, practice(survey, tree, PATTERN, 'unknown', 'A library listens', reason))
}

/** The worst first. */
const rankOf = ({ state }: Practice): number => GUARD_STATES.indexOf(state)

function judgeIn(
  survey: Survey,
  server: Server,
  tree: TS.SourceFile,
  folder: string,
  limits: Limits,
): Practice {
  const files = survey.files.filter((file) => file.tree === tree || packageOf(survey, file.tree) === folder)
  const libraries = files.flatMap(({ calls }) => calls).filter((call) => drains(call, survey))
  if (coversAll(libraries.map(limits))) {
    const library = libraries.find((call) => limits(call).length === 0) ?? libraries[0]!
    const detail = 'A shutdown library or shutdown hooks drain the server'
    return practice(survey, library, PATTERN, 'present', detail)
  }
  const trees = files.map((file) => file.tree)
  const handlers = handlersFor(survey, trees, server, folder)
  const judged = judgeHandlers(survey, handlers, limits) ?? judgePartly(survey, libraries, limits)
  if (judged) return judged
  const beyond = handledAbove(survey, folder)
  if (beyond) {
    const { path, line } = sourceOf(beyond.call)
    const reason = `the manifest in \`${folder}\` is of the program above it, which handles SIGTERM (${path}:${line}): does that run here, too?`
    return at(server, practice(survey, tree, PATTERN, 'unknown', 'The process listens', reason))
  }
  const where = folder === server.package ? 'its package' : `${folder || 'the package'} that starts it`
  const [partly] = handlers
  const outside = partly ? ` outside \`${limits(partly.call)[0]!.condition}\`` : ''
  const detail = `The process listens, and nothing in ${where} handles SIGTERM${outside}`
  const related = partly ? [{ source: sourceOf(partly.call), message: 'the conditional handler' }] : []
  return at(server, practice(survey, tree, PATTERN, 'absent', detail, null, related))
}

function handledAbove(survey: Survey, folder: string): Termination | null {
  const all = survey.files.filter(({ tree }) => isOfProgramAbove(tree, folder, survey))
  return all.flatMap((file) => terminationsIn(file, survey))[0] ?? null
}

/** Of what would drain the server, but is there only where a setting says so. */
function judgePartly(survey: Survey, draining: TS.CallExpression[], limits: Limits): Practice | null {
  for (const call of draining) {
    const [only, ...others] = limits(call)
    if (only && ![only, ...others].some((one) => one.isAwayFromProduction))
      return practice(survey, call, PATTERN, 'unknown', 'Only some environments drain', questionOf(only))
  }
  return null
}

const questionOf = ({ condition }: OnlyWhere): string =>
  `what drains on SIGTERM exists only where \`${condition}\`: does that hold in production?`

/** The packages whose process it is: of one that is only imported, those that start the server; none where nobody was seen to. */
function startedIn(survey: Survey, server: Server): Set<string> {
  const own = new Set([server.package])
  if (!survey.uncalled?.mentions.reached.isOnlyImported(server.source.path)) return own
  const starters = startersOf(listeningAt(survey, server), survey)
  return starters.has(server.package) ? own : starters
}

const at = ({ source }: Server, judged: Practice): Practice => ({ ...judged, source })

function listeningAt(survey: Survey, { source }: Server): TS.Node {
  const file = survey.files.find(({ tree }) => tree.fileName === source.path)!
  const isThere = (call: TS.CallExpression): boolean => {
    const { line, column } = sourceOf(call)
    return line === source.line && column === source.column
  }
  return file.calls.find(isThere) ?? file.tree
}

function drains(call: TS.CallExpression, survey: Survey): boolean {
  return calleeName(call) === 'enableShutdownHooks' || callsLibraryThat('drains', call, survey)
}

/** Null without handlers that are there in every environment, unless one that is not would close the server. */
function judgeHandlers(survey: Survey, handlers: Termination[], limits: Limits): Practice | null {
  const judge = (call: TS.Node, state: Practice['state'], detail: string, reason: string | null = null) =>
    practice(survey, call, PATTERN, state, detail, reason)
  const runs = (one: Termination): TS.Expression[] => [
    one.handler,
    ...(registeredWith(one.handler, survey) ?? []),
  ]
  const standing = handlers.filter(({ call }) => limits(call).length === 0)
  const closing = handlers.filter((one) => runs(one).some((handler) => closes(handler, survey)))
  const always = closing.find((one) => standing.includes(one))
  if (always && isOff(always, survey))
    return judge(always.call, 'unknown', 'A SIGTERM handler exists', 'its options disable it')
  if (coversAll(closing.filter((one) => !isOff(one, survey)).map(({ call }) => limits(call)))) {
    const draining = always ? [always] : closing
    const drained = judge(draining[0]!.call, 'present', 'On SIGTERM the server is closed')
    const longest = Math.max(...draining.map(({ handler }) => drainBound(handler, survey) ?? Infinity))
    return { ...drained, seconds: longest === Infinity ? null : longest }
  }
  const mayDrain = (one: Termination): boolean => closing.includes(one) || openReason(one, survey) !== null
  const partly = handlers.filter((one) => !standing.includes(one) && mayDrain(one))
  const question = judgePartly(
    survey,
    partly.map(({ call }) => call),
    limits,
  )
  const [first] = standing
  if (!first || question) return question
  const reason = openReason(first, survey)
  return reason === null
    ? judge(first.call, 'inert', `The SIGTERM handler never closes the server: ${lossOf(first, survey)}`)
    : judge(first.call, 'unknown', 'A SIGTERM handler exists', reason)
}

/** What a handler does to requests that does not close the server. */
function lossOf({ handler }: Termination, survey: Survey): string {
  const wait = waitBeforeExit(handler, survey)
  if (wait === 'none' || wait === 'open') return 'requests in flight are dropped'
  const longer = wait === 'unread' ? 'longer than it waits' : `longer than ${wait} s`
  return `it continues to accept requests, and those that run ${longer} are cut off`
}

/** Why it is not known what a handler does; null where all that it runs was read. */
function openReason(one: Termination, survey: Survey): string | null {
  const registered = registeredWith(one.handler, survey)
  if (isOff(one, survey)) return 'its options disable it'
  if (registered === null) {
    const body = functionOf(survey, one.handler)?.body
    if (!body) return 'the handler could not be followed'
    if (waitBeforeExit(one.handler, survey) === 'open')
      return 'it ends the process when other code calls back, and whether requests are finished by then was not followed'
    const endsAtOnce = some(body, (node) => node.getText() === 'process.exit', false)
    return !endsAtOnce && whenRun(survey, body, tellsOfEnd)
      ? 'it notifies other code of the shutdown, and what that does was not followed'
      : null
  }
  const isRead = registered.length > 0 && registered.every((given) => functionOf(survey, given) !== null)
  return isRead ? null : 'it runs what is registered with it, and not all of that was found'
}

/** `controller.abort()`: whoever waits for the signal does the rest. */
function tellsOfEnd(node: TS.Node): boolean {
  return ts.isCallExpression(node) && codeWords().tellsOfEnd.test(calleeName(node))
}

/** Handlers in the file that listens; else in functions that it calls; else anywhere in the package, if one is given. */
function handlersFor(
  survey: Survey,
  trees: TS.SourceFile[],
  server: Server,
  folder: string | null,
): Termination[] {
  const all = survey.files.filter(({ tree }) => trees.includes(tree))
  const here = all.filter(({ tree }) => tree.fileName === server.source.path)
  const own = here.flatMap((file) => terminationsIn(file, survey))
  if (own.length > 0 || folder === null) return own
  const called = here.flatMap(({ calls }) =>
    calls.flatMap((call) => functionOf(survey, call.expression)?.body ?? []),
  )
  const elsewhere = survey.files.flatMap((file) => terminationsIn(file, survey))
  const reached = elsewhere.filter(({ call }) =>
    called.some((body) => callSomewhere(survey, body, (one) => one === call)),
  )
  return reached.length > 0 ? reached : elsewhere.filter(({ call }) => packageOf(survey, call) === folder)
}

function closes(handler: TS.Expression, survey: Survey): boolean {
  const body = functionOf(survey, handler)?.body
  return (
    body !== undefined &&
    whenRun(survey, body, (node) => ts.isCallExpression(node) && closesServer(node, survey))
  )
}

function closesServer(call: TS.CallExpression, survey: Survey): boolean {
  if (!ts.isPropertyAccessExpression(call.expression) || !codeWords().closes.test(call.expression.name.text))
    return false
  const receiver = call.expression.expression
  return (
    codeWords().servers.test(nameOfReceiver(receiver)) ||
    serverLibrary(receiver, survey) !== null ||
    isStopper(receiver, survey)
  )
}

/** `server` of `app['__server__']`, too. */
function nameOfReceiver(receiver: TS.Expression): string {
  const key = ts.isElementAccessExpression(receiver) ? receiver.argumentExpression : null
  if (key && ts.isStringLiteralLike(key)) return key.text.replace(/^_+|_+$/g, '')
  return receiver.getText().replace(/[?!]$/, '')
}

/** `createHttpTerminator({ server })`. */
function isStopper(receiver: TS.Expression, survey: Survey): boolean {
  const found = survey.resolver.resolve(receiver)
  if (found.kind !== 'value' || !ts.isCallExpression(found.node)) return false
  const callee = survey.shapes.callees.of(found.node)
  return callee !== null && survey.shapes.librariesOf(callee.module).some(({ kind }) => kind === 'shutdown')
}
