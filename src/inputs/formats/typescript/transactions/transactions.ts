/** External calls made inside a database transaction: they hold its locks and cannot be rolled back. */
import { isOfStore } from '../effects/writes.js'
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { formatSource } from '../../../../facts/source.js'
import { opensTransaction } from '../survey/call-shapes.js'
import type { LedTo } from '../effects/certain-calls.js'
import { functionOf, practice } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { bare, calleeName, isFunction, some, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { externalIn, unseenSendIn } from './transaction-calls.js'
import { hooksOf, isFiredIn, writeInOwnTransaction, type Hook } from './transaction-hooks.js'
import { handedInto, workHanded } from './transaction-work.js'

const PATTERN = 'transaction-external-call'

interface Transaction {
  call: TS.CallExpression
  /** Whose it is: the library, or what it is called on where nothing more is seen of that. */
  of: string
  /** What ends it by itself. */
  ends: string | null
  isFollowed: boolean
}

export function transactions(survey: Survey): Practice[] {
  const hooks = hooksOf(survey).filter(({ external }) => external !== null)
  const fired = new Set<Hook>()
  const judged = survey.files.flatMap(({ calls }) =>
    calls.flatMap((call) => {
      const transaction = transactionAt(survey, call)
      return transaction
        ? judge(survey, transaction, hooks, fired).map((found) => ({ found, ...transaction }))
        : []
    }),
  )
  return [
    ...withoutTwice(judged),
    ...hooks.filter((hook) => !fired.has(hook)).map((hook) => openHook(survey, hook)),
  ]
}

/** What is handed to a helper is seen from the transaction in it, and by its name from where the helper is called. */
function withoutTwice(judged: (Transaction & { found: Practice })[]): Practice[] {
  const followed = new Set(
    judged.flatMap(({ isFollowed, found }) => (isFollowed ? [formatSource(found.source)] : [])),
  )
  return judged
    .filter(({ isFollowed, found }) => isFollowed || !followed.has(formatSource(found.source)))
    .map(({ found }) => found)
}

/** It asks a database, or ends a transaction by that name. */
function commits(survey: Survey, body: TS.Node): boolean {
  return (
    some(body, (node) => ts.isCallExpression(node) && calleeName(node) === 'commit') ||
    survey.reaches(body, goesToStore) !== null
  )
}

const goesToStore = ({ client }: OutboundCall): boolean => isOfStore(client)

function transactionAt(survey: Survey, call: TS.CallExpression): Transaction | null {
  if (!ts.isPropertyAccessExpression(call.expression)) return null
  const isKnown = survey.shapes.isTransaction(calleeName(call))
  const client = isKnown ? survey.shapes.clientOf(call.expression.expression) : null
  if (client)
    return opensTransaction(client, calleeName(call))
      ? { call, of: client.library.title, ends: client.library.transactionEnds ?? null, isFollowed: true }
      : null
  if (!isByName(survey, call)) return null
  const of = call.expression.expression.getText().replace(/\s+/g, '').slice(0, 60)
  return { call, of: `\`${of}\``, ends: null, isFollowed: false }
}

/** `pool.transaction(async (connection) => …)` of what could not be followed, or of a function of the project that asks a database. */
function isByName(survey: Survey, call: TS.CallExpression): boolean {
  if (!codeWords().opensTransaction.test(calleeName(call))) return false
  const own = survey.calledBy(call)
  if (own.length > 0 && !own.some(({ body }) => commits(survey, body!))) return false
  return call.arguments.some((argument) => {
    const given = bare(argument)
    return isFunction(given) && given.parameters.length > 0 && some(given, ts.isAwaitExpression)
  })
}

function judge(survey: Survey, transaction: Transaction, hooks: Hook[], fired: Set<Hook>): Practice[] {
  const { call } = transaction
  const callbacks = call.arguments.map((argument) => functionOf(survey, argument))
  const callback = callbacks.find((found) => found !== null)
  const handed = handedInto(survey, call, callback ?? null)
  if (!callback?.body && handed.length === 0) return []
  const own = callback?.body ? externalIn(survey, callback.body) : null
  if (own) return [madeInside(survey, transaction, own, call)]
  const send = callback?.body ? unseenSendIn(survey, callback.body) : null
  if (send) return [sentInside(survey, transaction, send)]
  const hook = callback?.body ? hooks.find((one) => isFiredIn(survey, callback.body!, one)) : undefined
  if (hook) {
    fired.add(hook)
    return [firedInside(survey, transaction, hook)]
  }
  return ofHanded(survey, transaction, handed)
}

/** What its callers or routes hand in to be done inside. */
function ofHanded(survey: Survey, transaction: Transaction, handed: TS.ParameterDeclaration[]): Practice[] {
  const { call, of, isFollowed } = transaction
  const works = handed.map((parameter) => workHanded(survey, parameter))
  if (works.length > 0 && works.every(({ isUsed }) => !isUsed)) return []
  const made = works
    .flatMap(({ given }) => given)
    .flatMap(({ body, at }) => {
      const external = externalIn(survey, body)
      return external ? [madeInside(survey, transaction, external, at)] : []
    })
  if (made.length > 0 || !isFollowed) return made
  const open = handed.find((_, index) => !works[index]!.isWhole)
  if (!open) {
    const detail = `No external call is seen inside the transaction of ${of}`
    return [practice(survey, call, PATTERN, 'present', detail)]
  }
  const detail = `Inside the transaction of ${of} runs what its callers pass in`
  const reason = `\`${open.name.getText().slice(0, 60)}\` is passed in, and not all that it does there was seen`
  return [practice(survey, call, PATTERN, 'unknown', detail, reason)]
}

/** Placed at the external call, or in another file at what leads to it. */
function madeInside(
  survey: Survey,
  { call, of, ends }: Transaction,
  { call: external, truth, through }: LedTo,
  from: TS.Node,
): Practice {
  const inside = [external.node, ...through].find((at) => isBeside(at, from)) ?? from
  const what = `\`${external.method}\` of ${external.client.library.title}`
  const related = [
    { source: sourceOf(call), message: 'the transaction' },
    ...wayTo({ call: external, through }, inside),
  ]
  if (truth === 'no') {
    const reason = `${what} is reached from the transaction of ${of}, but its arguments seem to exclude it`
    return practice(survey, inside, PATTERN, 'unknown', reason, reason, related)
  }
  const detail = `${what} is called inside a transaction of ${of}${ends === null ? '' : `, which ${ends}`}`
  return practice(survey, inside, PATTERN, 'absent', detail, null, related)
}

/** The calls that lead to an external one, the outer one first, but the place itself. */
function wayTo({ call, through }: Omit<LedTo, 'truth'>, place: TS.Node): Practice['related'] {
  const steps = [...through].reverse().map((at) => ({ at, message: 'leads to the external call' }))
  return [...steps, { at: call.node, message: 'the external call' }]
    .filter(({ at }) => at !== place)
    .map(({ at, message }) => ({ source: sourceOf(at), message }))
}

const isBeside = (at: TS.Node, from: TS.Node): boolean => at.getSourceFile() === from.getSourceFile()

function sentInside(survey: Survey, { call, of }: Transaction, send: TS.CallExpression): Practice {
  const name = send.expression.getText().replace(/\s+/g, '').slice(0, 60)
  const detail = `\`${name}\` is called inside a transaction of ${of}`
  const reason =
    'by its name it sends something, and how it sends could not be followed: does it wait for an external service?'
  return practice(survey, send, PATTERN, 'unknown', detail, reason, [
    { source: sourceOf(call), message: 'the transaction' },
  ])
}

function firedInside(survey: Survey, { call, of, ends }: Transaction, hook: Hook): Practice {
  const detail = `A transaction of ${of}${ends === null ? '' : `, which ${ends},`} fires \`${hook.name}\` of ${hook.model}, which calls ${calledBy(hook)}`
  return practice(survey, hook.at, PATTERN, 'absent', detail, null, [
    { source: sourceOf(call), message: 'the transaction' },
    { source: sourceOf(hook.external!.call.node), message: 'the external call' },
  ])
}

/** No transaction is seen that fires it: it is certain where the write opens one by itself. */
function openHook(survey: Survey, hook: Hook): Practice {
  const detail = `\`${hook.name}\` of ${hook.model} calls ${calledBy(hook)}`
  const { call, through } = hook.external!
  const write = writeInOwnTransaction(survey, hook)
  if (write) {
    const inside = [call.node, ...through].find((at) => isBeside(at, hook.at)) ?? hook.at
    const within = `${detail} inside the transaction that \`${calleeName(write)}\` of ${hook.library.title} opens by itself`
    return practice(survey, inside, PATTERN, 'absent', within, null, [
      { source: sourceOf(write), message: 'the write that fires it' },
      ...wayTo(hook.external!, inside),
    ])
  }
  const reason = `a hook of ${hook.library.title} runs inside the transaction of the write that fires it, and whether there is one was not seen`
  return practice(survey, hook.at, PATTERN, 'unknown', detail, reason, wayTo(hook.external!, hook.at))
}

function calledBy({ external }: Hook): string {
  return `\`${external!.call.method}\` of ${external!.call.client.library.title}`
}
