/** The state that a call writes to a stored record. */
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Survey } from '../survey/survey.js'
import { bare, textOf, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

const SET = /\bset\b[^;]*?\b(?:status|state|phase)"?\s*=\s*'(\w+)'/i
const MAX_DEPTH = 3

/** `data: { status: 'PROCESSING' }`, `{ $set: { state: State.Running } }`, `update jobs set status = 'running'`. */
export function stateWritten(survey: Survey, call: TS.CallExpression): string | null {
  for (const argument of call.arguments) {
    const node = bare(argument)
    const found = ts.isObjectLiteralExpression(node) ? stateIn(survey, node, 0) : stateInText(node)
    if (found !== null) return found
  }
  return null
}

function stateIn(survey: Survey, object: TS.ObjectLiteralExpression, depth: number): string | null {
  for (const property of object.properties) {
    if (!ts.isPropertyAssignment(property)) continue
    const name = textOf(property.name)
    const value = bare(property.initializer)
    if (codeWords().stateFields.test(name)) return nameOfState(survey, value)
    if (codeWords().conditions.test(name) || depth >= MAX_DEPTH || !ts.isObjectLiteralExpression(value))
      continue
    const found = stateIn(survey, value, depth + 1)
    if (found !== null) return found
  }
  return null
}

/** The text of a literal; of a constant of an enumeration its name. */
function nameOfState(survey: Survey, value: TS.Expression): string | null {
  if (ts.isPropertyAccessExpression(value)) return value.name.text
  const found = valueOf(value, survey.resolver)
  return found.kind === 'text' ? found.value : null
}

function stateInText(node: TS.Expression): string | null {
  const text = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) ? node.getText() : ''
  return SET.exec(text)?.[1] ?? null
}

/** Finds a state as a word of its own, however it is written: `IN_PROGRESS`, `in-progress`, `InProgress`. */
export function textOfState(state: string): RegExp {
  const letters = state.replace(/[^a-z0-9]/gi, '').split('')
  return new RegExp(`(?<![a-z0-9])${letters.join('[_ -]?')}(?![a-z0-9])`, 'i')
}

/** What a record is of: `export` of `this.db.export.update()`; the receiver where it has no name of its own. */
export function ownerOf(call: TS.CallExpression): string {
  const parts = call.expression
    .getText()
    .replace(/[?!\s]/g, '')
    .split('.')
  return (parts.at(-2) ?? parts[0]!).slice(0, 60)
}
