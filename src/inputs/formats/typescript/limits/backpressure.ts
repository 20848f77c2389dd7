/** Writers that go on although the reader cannot keep up: what is not yet written waits in memory. */
import type { Practice } from '../../../../facts/code.js'
import type { Library } from '../../../../knowledge/libraries.js'
import { functionOf, practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  isFunction,
  some,
  sourceOf,
  ts,
  type TS,
} from '../syntax/syntax.js'
import { isWrite } from '../effects/writes.js'

const PATTERN = 'backpressure'

export function backpressure(survey: Survey): Practice[] {
  return [
    ...survey.shapes.filling.flatMap((library) => writesTo(survey, library)),
    ...survey.callsNamed('on').flatMap((call) => asynchronousReader(survey, call)),
  ]
}

/** Writes of whatever comes: of a list the writer has all in memory anyway. */
function writesTo(survey: Survey, library: Library): Practice[] {
  const { methods, relief } = library.fills!
  return methods.flatMap((method) =>
    survey.callsNamed(method).flatMap((call) => {
      const { expression } = call
      if (!ts.isPropertyAccessExpression(expression)) return []
      const source = sourceAround(call)
      if (!source || survey.shapes.clientOf(expression.expression)?.library !== library) return []
      return [judgeWrite(survey, call, source, library, relief)]
    }),
  )
}

function judgeWrite(
  survey: Survey,
  call: TS.CallExpression,
  source: TS.Node,
  { title }: Library,
  relief: string[],
): Practice {
  const name = call.expression.getText().slice(0, 60)
  const around = enclosingFunction(source) ?? source.getSourceFile()
  const isRelieved =
    !ts.isExpressionStatement(call.parent) || relief.some((word) => around.getText().includes(word))
  const related = [{ source: sourceOf(source), message: 'what is read here' }]
  return isRelieved
    ? practice(
        survey,
        call,
        PATTERN,
        'present',
        `The return value of \`${name}\` of ${title} is respected`,
        null,
        related,
      )
    : practice(
        survey,
        call,
        PATTERN,
        'absent',
        `\`${name}\` continues whatever ${title} returns: data that it cannot accept yet accumulates in memory`,
        null,
        related,
      )
}

/** The loop over what comes from outside, or the listener for it, that a write stands in. */
function sourceAround(call: TS.CallExpression): TS.Node | null {
  for (let at: TS.Node = call.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isForOfStatement(at)) return at.awaitModifier ? at : null
    if (ts.isWhileStatement(at) || ts.isDoStatement(at)) return at
    if (isFunction(at)) return ts.isCallExpression(at.parent) && isForData(at.parent) ? at.parent : null
  }
  return null
}

/** `stream.on('data', async (chunk) => …)`: the stream does not wait for it. */
function asynchronousReader(survey: Survey, call: TS.CallExpression): Practice[] {
  if (!isForData(call)) return []
  const handler = functionOf(survey, call.arguments[1])
  const isAsynchronous = handler?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  const work = isAsynchronous && handler?.body ? survey.callsFrom(handler.body).find(isWrite) : undefined
  if (!work || !handler?.body) return []
  const pauses = some(handler.body, (node) => ts.isCallExpression(node) && calleeName(node) === 'pause')
  const what = `\`${work.method}\` of ${work.client.library.title}`
  return [
    pauses
      ? practice(survey, call, PATTERN, 'present', `The stream is paused while ${what} is awaited`)
      : practice(
          survey,
          call,
          PATTERN,
          'absent',
          `The stream does not wait for ${what}: all chunks are processed concurrently`,
          null,
          [{ source: sourceOf(work.node), message: 'the asynchronous work' }],
        ),
  ]
}

function isForData(call: TS.CallExpression): boolean {
  const [event] = call.arguments
  return (
    calleeName(call) === 'on' &&
    event !== undefined &&
    ts.isStringLiteralLike(bare(event)) &&
    bare(event).getText().slice(1, -1) === 'data'
  )
}
