/** `await Promise.allSettled(orders.map(send))` whose results nobody reads: a failed write looks like one that was done. */
import type { Practice } from '../../../../../facts/code.js'
import { codeWords } from '../../../../../knowledge/code-words.js'
import { justificationOf, onlyLogs } from '../../syntax/catch-clauses.js'
import { functionOf, practice, somewhere } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { lost } from '../caught/dropped-failures.js'
import { countIsOnlyShown } from './shown-counts.js'
import { changeThrough, failureOf, writeIn, type Write } from '../reach/writes-within.js'
import { bare, calleeName, isFunction, some, sourceOf, symbolOf, ts, type TS } from '../../syntax/syntax.js'
import { promiseUse, scopeOf, usesOf } from '../../syntax/uses.js'

/** Lists made of lists. */
const MAX_DEPTH = 6

export function unreadSettledResults(survey: Survey): Practice[] {
  return survey.callsNamed('allSettled').flatMap((call) => judged(survey, call))
}

function judged(survey: Survey, call: TS.CallExpression): Practice[] {
  if (!call.expression.getText().startsWith('Promise.')) return []
  if (codeWords().bestEffort.test(symbolOf(call))) return []
  const read = readOf(call)
  const write = read === 'open' ? null : writeAmong(call, survey)
  if (!write) return read === 'dropped' ? unseenSends(survey, call) : []
  if (read === 'dropped') return [lost(survey, call, write, 'dropped')]
  const detail = `${failureOf(write)} is checked among the results`
  return [practice(survey, call, 'swallowed-error', 'present', detail)]
}

/** Work that could not be followed, but is called after something that somebody waits for: `client.sendMessage(text)`. */
function unseenSends(survey: Survey, call: TS.CallExpression): Practice[] {
  const [given] = call.arguments
  const promises = given ? promisesOf(bare(given), survey) : []
  const send = promises.flatMap((promise) => (catches(promise, survey) ? [] : sendIn(promise, survey)))[0]
  if (!send) return []
  const name = send.expression.getText().replace(/\s+/g, '').slice(0, 60)
  const detail = `A failure of \`${name}\` is dropped: nothing checks the results`
  const related = [{ source: sourceOf(send), message: 'the call that may fail' }]
  const justification = justificationOf(call)
  if (justification === null)
    return [practice(survey, call, 'swallowed-error', 'absent', detail, null, related)]
  const reason = `the code says: “${justification}”; may this call be lost?`
  return [practice(survey, call, 'swallowed-error', 'unknown', detail, reason, related)]
}

function sendIn(promise: TS.Node, survey: Survey): TS.CallExpression[] {
  const found: TS.CallExpression[] = []
  some(
    promise,
    (node) => {
      if (!ts.isCallExpression(node) || !codeWords().sends.test(calleeName(node))) return false
      const isUnseen = functionOf(survey, node.expression) === null && survey.outboundAt(node) === null
      const { bestEffort, showsPresence } = codeWords()
      if (isUnseen && !bestEffort.test(node.expression.getText()) && !showsPresence.test(calleeName(node)))
        found.push(node)
      return found.length > 0
    },
    false,
  )
  return found
}

/** The first write among the promises that catches no failure itself. */
function writeAmong(call: TS.CallExpression, survey: Survey): Write | null {
  const [given] = call.arguments
  const promises = given ? promisesOf(bare(given), survey) : []
  for (const promise of promises) {
    const own = ts.isCallExpression(promise) && !actsOnFailure(promise, survey) ? promise : null
    const write = (catches(promise, survey) ? null : writeIn(promise, survey)) ?? changeThrough(survey, own)
    if (write) return write
  }
  return null
}

/** There, or in a function of the project that it calls: more is done with a failure than to log it and to throw it on. */
function actsOnFailure(promise: TS.Node, survey: Survey): boolean {
  return somewhere(survey, promise, (node) => {
    if (ts.isCallExpression(node)) return calleeName(node) === 'catch'
    return (
      ts.isCatchClause(node) &&
      !onlyLogs({ statements: node.block.statements.filter((one) => !ts.isThrowStatement(one)) })
    )
  })
}

/** The elements of a list, or what `map` does with each of its items. */
function promisesOf(given: TS.Expression, survey: Survey, depth = 0): TS.Node[] {
  if (depth > MAX_DEPTH) return []
  if (ts.isArrayLiteralExpression(given)) {
    const elements = given.elements.flatMap((element) => {
      return ts.isSpreadElement(element) ? promisesOf(bare(element.expression), survey, depth + 1) : [element]
    })
    return elements.map((element) => runAtOnce(element))
  }
  if (ts.isCallExpression(given) && /^(map|flatMap)$/.test(calleeName(given)))
    return [functionOf(survey, given.arguments[0])?.body ?? []].flat()
  const found = ts.isIdentifier(given) ? survey.resolver.resolve(given) : null
  return found?.kind === 'value' &&
    ts.isExpression(found.node) &&
    found.node !== given &&
    !isFunction(found.node)
    ? promisesOf(bare(found.node), survey, depth + 1)
    : []
}

/** The body of `(async () => { … })()`. */
function runAtOnce(element: TS.Node): TS.Node {
  const callee = ts.isCallExpression(element) ? bare(element.expression) : null
  return callee && isFunction(callee) && callee.body ? callee.body : element
}

/** There, or in a function of the project that it calls: then nothing may arrive among the results. */
function catches(promise: TS.Node, survey: Survey): boolean {
  return somewhere(
    survey,
    promise,
    (node) => ts.isCatchClause(node) || (ts.isCallExpression(node) && calleeName(node) === 'catch'),
  )
}

/** `open`: nobody waits for the results, or who reads them was not seen. */
type Read = 'dropped' | 'read' | 'open'

function readOf(call: TS.CallExpression): Read {
  const { at, isAwaited } = promiseUse(call)
  const { parent } = at
  if (!isAwaited) return 'open'
  if (ts.isExpressionStatement(parent)) return 'dropped'
  if (!ts.isVariableDeclaration(parent)) return 'open'
  return ts.isIdentifier(parent.name) ? readOfName(parent) : readOfList(parent.name, parent)
}

function readOfName(declaration: TS.VariableDeclaration): Read {
  const uses = usesOf(declaration, scopeOf(declaration))
  if (uses.every(countsOnly)) return 'dropped'
  if (countIsOnlyShown(uses, scopeOf(declaration))) return 'dropped'
  return tells(scopeOf(declaration)) ? 'read' : 'open'
}

/** `results.length` says how many there were, not how they ended. */
function countsOnly({ parent }: TS.Identifier): boolean {
  return ts.isPropertyAccessExpression(parent) && parent.name.text === 'length'
}

/** `const [mail, sms] = …`: dropped where no name is ever read again. */
function readOfList(name: TS.BindingName, declaration: TS.VariableDeclaration): Read {
  const names = new Set<string>()
  some(name, (node) => ts.isIdentifier(node) && (names.add(node.text), false))
  const isUsed = some(
    scopeOf(declaration),
    (node) => ts.isIdentifier(node) && names.has(node.text) && (node.pos < name.pos || node.end > name.end),
  )
  if (!isUsed) return 'dropped'
  return tells(scopeOf(declaration)) ? 'read' : 'open'
}

/** Asks how they ended. */
function tells(scope: TS.Node): boolean {
  return some(
    scope,
    (node) =>
      (ts.isStringLiteralLike(node) && /^(rejected|fulfilled)$/.test(node.text)) ||
      (ts.isPropertyAccessExpression(node) && node.name.text === 'reason'),
  )
}
