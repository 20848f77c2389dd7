/** Messages that are said to be done before their work is: what fails after that is lost. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Library } from '../../../../knowledge/libraries.js'
import { consumersIn, type Consumer } from './consumers.js'
import { findOption } from '../values/options.js'
import { practice } from '../survey/practice.js'
import type { OutboundCall, Survey, Surveyed } from '../survey/survey.js'
import { bare, calleeName, isFunction, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'
import { isWrite } from '../effects/writes.js'

export const ACK_AFTER_WORK = 'ack-after-work'

export function earlyAcks(survey: Survey): Practice[] {
  return [
    ...consumersIn(survey).flatMap((consumer) => doneBeforehand(survey, consumer)),
    ...survey.files.flatMap((file) => acksIn(survey, file)),
  ]
}

/** `channel.consume(queue, handler, { noAck: true })`. */
function doneBeforehand(survey: Survey, { at, handler, library, shape }: Consumer): Practice[] {
  const option = shape.early && optionOf(survey, at.arguments?.[shape.early.argument], shape.early.option)
  const work = option ? survey.callsFrom(handler.body).find(isWrite) : null
  if (!option || !work) return []
  const detail = `\`${shape.early!.option}\` makes ${library.title} acknowledge a message before \`${nameOf(work)}\` is done`
  return [practice(survey, option, ACK_AFTER_WORK, 'absent', detail, null, workAt(work))]
}

function optionOf(survey: Survey, options: TS.Expression | undefined, name: string): TS.Node | null {
  const found = options ? findOption([options], name, survey.resolver) : null
  if (found?.state !== 'found' || !ts.isExpression(found.value)) return null
  const value = valueOf(found.value, survey.resolver)
  return value.kind === 'switch' && value.on ? found.value : null
}

/** Calls that say that a message is done, in a file that uses their library. */
function acksIn(survey: Survey, { tree, made }: Surveyed): Practice[] {
  const libraries = survey.shapes.acking.filter(({ imports }) =>
    imports.some((name) => tree.text.includes(`'${name}'`) || tree.text.includes(`"${name}"`)),
  )
  if (libraries.length === 0) return []
  return made.flatMap((node) => {
    const library = libraries.find(({ acks }) => acks.includes(calleeName(node)))
    return library ? judgeAck(survey, node, library) : []
  })
}

function judgeAck(survey: Survey, ack: TS.Node, library: Library): Practice[] {
  if (isForFailure(ack)) return []
  const { before, after } = aroundOf(ack)
  const isAck = ({ node }: OutboundCall): boolean =>
    contains(node, ack) || library.acks.includes(calleeName(node))
  const workIn = (statements: TS.Node[]): OutboundCall | null =>
    statements
      .flatMap((statement) => survey.callsFrom(statement))
      .find(
        (call) =>
          isWrite(call) && !isAck(call) && !codeWords().bestEffort.test(call.node.expression.getText()),
      ) ?? null
  const late = workIn(after)
  if (late) {
    const detail = `A message of ${library.title} is acknowledged before \`${nameOf(late)}\``
    return [practice(survey, ack, ACK_AFTER_WORK, 'absent', detail, null, workAt(late))]
  }
  const early = workIn(before)
  return early
    ? [
        practice(
          survey,
          ack,
          ACK_AFTER_WORK,
          'present',
          `A message is acknowledged after \`${nameOf(early)}\``,
        ),
      ]
    : []
}

/** Statements of the same handling before and behind a node; a branch that leaves has nothing behind it. */
function aroundOf(node: TS.Node): { before: TS.Statement[]; after: TS.Statement[] } {
  const before: TS.Statement[] = []
  const after: TS.Statement[] = []
  for (
    let at = node;
    !isFunction(at) && !ts.isIterationStatement(at, false) && !ts.isSourceFile(at);
    at = at.parent
  ) {
    const { parent } = at
    if (!ts.isBlock(parent)) continue
    const index = parent.statements.indexOf(at as TS.Statement)
    before.push(...parent.statements.slice(0, index))
    after.push(...parent.statements.slice(index + 1))
    if (parent.statements.slice(index).some(leaves)) return { before, after }
  }
  return { before, after }
}

function leaves(statement: TS.Statement): boolean {
  return (
    ts.isReturnStatement(statement) ||
    ts.isThrowStatement(statement) ||
    ts.isContinueStatement(statement) ||
    ts.isBreakStatement(statement)
  )
}

/** In a catch or finally, or the callback of one: a message that cannot be handled is put aside. */
function isForFailure(node: TS.Node): boolean {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at
    if (ts.isCatchClause(at) || (ts.isTryStatement(parent) && parent.finallyBlock === at)) return true
    if (isFunction(at)) return ts.isCallExpression(parent) && /^(catch|finally)$/.test(calleeName(parent))
  }
  return false
}

const contains = (outer: TS.Node, inner: TS.Node): boolean =>
  outer.pos <= inner.pos && inner.end <= outer.end && outer.getSourceFile() === inner.getSourceFile()

function nameOf({ node }: OutboundCall): string {
  return bare(node.expression).getText().slice(0, 60)
}

function workAt({ node }: OutboundCall): Practice['related'] {
  return [{ source: sourceOf(node), message: 'the work that may still fail' }]
}
