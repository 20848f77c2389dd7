/** How large the body of a request may be: each of them is held in memory as a whole. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Library } from '../../../../knowledge/libraries.js'
import { mayLimitBodies } from '../running/necessary-text.js'
import { findOption } from '../values/options.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { calleeName, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

const PATTERN = 'body-limit'
const UNITS: Record<string, number> = { b: 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 }

export function bodyLimits(survey: Survey): Practice[] {
  return survey.files.flatMap(({ tree, calls }) =>
    mayLimitBodies(tree.text) ? calls.flatMap((call) => judgeCall(survey, call)) : [],
  )
}

function judgeCall(survey: Survey, call: TS.CallExpression): Practice[] {
  const limits = libraryOf(survey, call)?.bodyLimits
  if (!limits || isForSomeRoutes(call)) return []
  const found = findOption([call.arguments[0]], limits.option, survey.resolver)
  const bytes = found.state === 'found' && ts.isExpression(found.value) ? bytesOf(survey, found.value) : null
  if (found.state !== 'found' || bytes === null) return []
  const written = found.value.getText().replace(/^['"`]|['"`]$/g, '')
  const at = (state: Practice['state'], detail: string, reason: string | null = null): Practice[] => [
    practice(survey, call, PATTERN, state, detail, reason),
  ]
  if (bytes < codeWords().largeBodyBytes) return at('present', `Request bodies are limited to ${written}`)
  if (!limits.mounted || isMountedForAll(survey, call))
    return at('absent', `Every route accepts bodies of up to ${written}, held entirely in memory`)
  const reason = `it accepts up to ${written}, and on which routes it is mounted was not seen`
  return at('unknown', `Bodies of up to ${written} are held entirely in memory`, reason)
}

/** `app.use(reader)`. */
function isMountedForAll(survey: Survey, call: TS.CallExpression): boolean {
  return survey.callsNamed('use').some(({ arguments: [only, ...others] }) => {
    if (!only || others.length > 0) return false
    const found = survey.resolver.resolve(only)
    return found.kind === 'value' && found.node === call
  })
}

function libraryOf(survey: Survey, call: TS.CallExpression): Library | null {
  const callee = survey.shapes.callees.of(call)
  if (callee === null) return null
  const reads = ({ bodyLimits: limits }: Library): boolean => limits?.call.includes(callee.path) ?? false
  return survey.shapes.librariesOf(callee.module).find(reads) ?? null
}

/** Mounted under a path, or given to a route: large bodies are meant there. */
function isForSomeRoutes({ parent }: TS.CallExpression): boolean {
  return ts.isCallExpression(parent) && (calleeName(parent) !== 'use' || parent.arguments.length > 1)
}

/** `10485760`, `'10mb'`. */
function bytesOf(survey: Survey, value: TS.Expression): number | null {
  const found = valueOf(value, survey.resolver)
  if (found.kind === 'number') return found.value
  const written = found.kind === 'text' ? /^\s*(\d+(?:\.\d+)?)\s*([kmg]?b)\s*$/i.exec(found.value) : null
  return written ? Number(written[1]) * UNITS[written[2]!.toLowerCase()]! : null
}
