/** Outbound calls started all at once for a list of unknown length: `Promise.all(xs.map(async (x) => call(x)))`. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { isDefaulted } from '../failures/caught/defaulted-failures.js'
import { callsLedTo } from '../effects/certain-calls.js'
import { judge } from '../survey/guards.js'
import { boundOf } from './list-bounds.js'
import { questionOf } from './list-questions.js'
import { functionOf, practice } from '../survey/practice.js'
import { isOfUnlimitedQuery } from './query-lists.js'
import { givenByRequest } from './request-lists.js'
import { startedTogether } from './started-lists.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { bare, calleeName, some, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { isTelemetry } from '../effects/telemetry.js'
import { isOfStore, isWrite } from '../effects/writes.js'

export const PATTERN = 'unbounded-fanout'
/** Clients of stores have pools, or pipeline on one connection: those cap what runs at once. */
const POOLED = ['sql', 'document', 'cache']

/** A call for each item; `isSure` unless it is made only where some function on the way finds a condition to hold. */
export interface CallForEach {
  outbound: OutboundCall
  isSure: boolean
  /** Each holds a connection of the pool, which caps what runs and lets all others wait. */
  holdsPool?: boolean
}

/** The surest call out of a piece of code that nothing pools, and that does more than count what happens. */
export function unpooledFrom(survey: Survey, body: TS.Node): CallForEach | null {
  const isUnpooled = (call: OutboundCall): boolean =>
    !POOLED.includes(call.client.library.protocol ?? '') && !isTelemetry(call, survey)
  const first = survey.reaches(body, isUnpooled)
  if (!first) return null
  const [surest] = callsLedTo(survey, body, isUnpooled)
  if (!surest) return { outbound: first, isSure: false }
  if (surest.truth === 'no') return null
  return { outbound: surest.call, isSure: surest.truth === 'yes' || isWithin(surest.call.node, body) }
}

/** A certain call of a store for each item of a list that a request gives: behind them the pool lets all others wait. */
function pooledFrom(survey: Survey, body: TS.Node, list: TS.Expression): CallForEach | null {
  if (!givenByRequest(list, survey) || isInTransaction(list, survey)) return null
  const [surest] = callsLedTo(
    survey,
    body,
    ({ client, method }) => isOfStore(client) && !codeWords().batchedReads.test(method),
  )
  const isSure =
    surest?.truth === 'yes' || (surest?.truth === 'delegated' && isWithin(surest.call.node, body))
  return surest && isSure ? { outbound: surest.call, isSure, holdsPool: true } : null
}

/** A transaction for each of all rows of a table: each holds a connection until it is done, and all others wait. */
function transactionFrom(survey: Survey, body: TS.Node, list: TS.Expression): CallForEach | null {
  if (!isOfUnlimitedQuery(list, survey) || isInTransaction(list, survey)) return null
  const [surest] = callsLedTo(survey, body, ({ method }) => survey.shapes.isTransaction(method))
  return surest?.truth === 'yes' ? { outbound: surest.call, isSure: true, holdsPool: true } : null
}

/** There all go over one connection, one after the other. */
function isInTransaction(node: TS.Node, survey: Survey): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isCallExpression(at) && survey.shapes.isTransaction(calleeName(at))) return true
    const decorators = ts.canHaveDecorators(at) ? (ts.getDecorators(at) ?? []) : []
    if (decorators.some(({ expression }) => codeWords().transactional.test(expression.getText()))) return true
  }
  return false
}

/** What the items are asked there, the list was chosen for. */
function isWithin(node: TS.Node, around: TS.Node): boolean {
  return node.getSourceFile() === around.getSourceFile() && around.pos <= node.pos && node.end <= around.end
}

export function fanouts(survey: Survey): Practice[] {
  const all = ['all', 'allSettled'].flatMap((name) => survey.callsNamed(name))
  return [
    ...all.flatMap((call) => fanoutAt(survey, call)),
    ...survey.wrappers.flatMap((seen) => fanoutOfLibrary(survey, seen)),
  ]
}

function fanoutAt(survey: Survey, call: TS.CallExpression): Practice[] {
  if (!/^Promise\.\w+$/.test(call.expression.getText())) return []
  for (const { list, work } of startedTogether(call.arguments[0], survey)) {
    const each = eachFrom(survey, work, list)
    if (each) return judgeFanout(survey, { call, list, callback: work, ...each })
  }
  return []
}

function eachFrom(
  survey: Survey,
  { body }: TS.FunctionLikeDeclaration,
  list: TS.Expression,
): CallForEach | null {
  if (!body) return null
  return unpooledFrom(survey, body) ?? pooledFrom(survey, body, list) ?? transactionFrom(survey, body, list)
}

/** `pMap(xs, f)`: what its options cap is told with what is called. */
function fanoutOfLibrary(survey: Survey, { made, wrapper }: Survey['wrappers'][number]): Practice[] {
  const given = made.arguments ?? []
  const list = wrapper.items === undefined ? undefined : given[wrapper.items]
  const work = list && functionOf(survey, given[wrapper.wraps ?? -1])
  if (!list || !work?.body || wrapper.options.some((position) => given[position])) return []
  const each = eachFrom(survey, work, list)
  return each ? judgeFanout(survey, { call: made, list, callback: work, ...each }) : []
}

interface Fanout extends CallForEach {
  /** Where the calls are started. */
  call: TS.Node
  list: TS.Expression
  /** What is done for each item. */
  callback: TS.Node
  /** What to look at, where that is not the start itself. */
  at?: TS.Node
}

export function judgeFanout(survey: Survey, fanout: Fanout): Practice[] {
  const { call, list, callback, outbound, isSure, holdsPool, at = call } = fanout
  const bound =
    boundOf(list, call, survey) ??
    limiterIn(callback, survey) ??
    (holdsPool ? null : poolOf(outbound, survey))
  const what = `\`${outbound.client.library.title}\` for each of \`${list.getText().slice(0, 60)}\``
  const related = [{ source: sourceOf(outbound.node), message: 'the call that is started' }]
  if (bound)
    return [practice(survey, at, PATTERN, 'present', `Calls ${what}, capped: ${bound}`, bound, related)]
  const question =
    questionOf(list, survey) ??
    (isSure ? null : CONDITIONAL) ??
    (isAnswered(survey, fanout) ? HARMLESS : null)
  if (question !== null)
    return [practice(survey, at, PATTERN, 'unknown', `Calls ${what} concurrently`, question, related)]
  return [
    practice(survey, at, PATTERN, 'absent', `Calls ${what} concurrently, without a limit`, null, related),
  ]
}

const CONDITIONAL =
  'the call is made only where a condition on the way holds: for how many items concurrently?'

const HARMLESS =
  'the calls only read, and a failed one is replaced by another value: can the list become so long that they are rejected?'

/** Reads whose failure becomes a value, of each item or of the whole. */
function isAnswered(survey: Survey, { outbound, call, callback }: Fanout): boolean {
  if (isWrite(outbound)) return false
  const leads = (node: TS.Node): boolean =>
    ts.isCallExpression(node) && survey.callsFrom(node).includes(outbound) && isDefaulted(node)
  return isDefaulted(call) || some(callback, leads)
}

function limiterIn(callback: TS.Node, survey: Survey): string | null {
  const limited = some(callback, (node) => {
    if (!ts.isCallExpression(node)) return false
    const callee = bare(node.expression)
    const found = survey.resolver.resolve(ts.isPropertyAccessExpression(callee) ? callee.expression : callee)
    const made =
      found.kind === 'value' && (ts.isCallExpression(found.node) || ts.isNewExpression(found.node))
        ? survey.shapes.wrapperAt(found.node)
        : null
    return (
      made?.wrapper.gives['bulkhead'] !== undefined ||
      made?.wrapper.gives['rate-limit'] !== undefined ||
      codeWords().limitsCalls.test(callee.getText())
    )
  })
  return limited ? 'a limiter wraps the call' : null
}

/** The client caps its own concurrency: a pooled transport. */
function poolOf({ client }: OutboundCall, survey: Survey): string | null {
  const facts = client.library.guards['bulkhead']
  if (!facts || !client.made || !client.creation) return null
  const args = client.made.arguments ?? []
  const guard = judge(
    facts,
    {
      versions: null,
      checked: '*',
      title: client.library.title,
      create: client.creation.options.map((index) => args[index]),
      positional: args,
      call: null,
      addresses: () => [],
      derivations: [],
      hasListener: () => false,
      hasEffect: false,
    },
    survey.resolver,
  )
  return guard.state === 'present' ? 'the client caps its own connections' : null
}
