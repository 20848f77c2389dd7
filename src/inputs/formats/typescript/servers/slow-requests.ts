/** How long a server waits for the rest of a request: without an end, slow senders hold its connections. */
import type { Practice } from '../../../../facts/code.js'
import { formatDuration } from '../../../../facts/units.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Library } from '../../../../knowledge/libraries.js'
import { findOption } from '../values/options.js'
import { practice } from '../survey/practice.js'
import { serverLibrary } from './servers.js'
import type { Survey } from '../survey/survey.js'
import { ts, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

const PATTERN = 'slow-request'
/** Properties of a Node server. */
const SETTINGS = ['requestTimeout', 'headersTimeout']

export function slowRequests(survey: Survey): Practice[] {
  return [
    ...survey.assignmentsTo(SETTINGS).flatMap(({ left, right }) => {
      const isServer =
        codeWords().servers.test(left.expression.getText()) || serverLibrary(left.expression, survey) !== null
      return isServer ? judgeValue(survey, left, left.name.text, right) : []
    }),
    ...survey.files.flatMap(({ tree, made }) =>
      usesServer(survey, tree) ? made.flatMap((call) => judgeCreation(survey, call)) : [],
    ),
  ]
}

function usesServer({ shapes }: Survey, { text }: TS.SourceFile): boolean {
  return shapes.slowRequests.some(({ imports }) => imports.some((name) => text.includes(name)))
}

/** `Fastify({ requestTimeout: 10_000 })`. */
function judgeCreation(survey: Survey, made: TS.CallExpression | TS.NewExpression): Practice[] {
  const library = libraryOf(survey, made)
  if (!library?.slowRequests) return []
  const { option, reason } = library.slowRequests
  const found = findOption([made.arguments?.[0]], option, survey.resolver)
  if (found.state === 'found')
    return ts.isExpression(found.value) ? judgeValue(survey, made, option, found.value) : []
  const why =
    found.state === 'open'
      ? `whether \`${option}\` is among the options is not known: ${found.reason}`
      : reason
  return [practice(survey, made, PATTERN, 'unknown', `\`${option}\` was not seen`, why)]
}

function libraryOf(survey: Survey, made: TS.CallExpression | TS.NewExpression): Library | null {
  const callee = survey.shapes.callees.of(made)
  if (callee === null) return null
  const isMade = ({ slowRequests }: Library): boolean => slowRequests?.call.includes(callee.path) ?? false
  return survey.shapes.librariesOf(callee.module).find(isMade) ?? null
}

function judgeValue(survey: Survey, at: TS.Node, option: string, value: TS.Expression): Practice[] {
  const found = valueOf(value, survey.resolver)
  if (found.kind !== 'number') return []
  const isEndless = found.value === 0 || found.value === Infinity
  return [
    isEndless
      ? practice(
          survey,
          at,
          PATTERN,
          'absent',
          `\`${option}\` is switched off: the server waits indefinitely for the rest of a request`,
        )
      : practice(
          survey,
          at,
          PATTERN,
          'present',
          `\`${option}\` ends a slow request after ${formatDuration(found.value / 1000)}`,
        ),
  ]
}
