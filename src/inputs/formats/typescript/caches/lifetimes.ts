/** How long a store says that a key lives. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { hasWord } from '../../../../knowledge/identifier-words.js'
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, textOf, ts, type TS } from '../syntax/syntax.js'

/** Whether a call in a text may say it. */
export function mayHoldLifetime(text: string): boolean {
  return /\bp?setex\b|\b[EP]X\b|\bttl\b/i.test(text)
}

/** `set(key, value, 'EX', 60)`, `setex(key, 60, value)`, `set(key, value, { EX: 60 })`. */
export function lifetimeIn(call: TS.CallExpression): TS.Expression | null {
  const name = calleeName(call).toLowerCase()
  if (/^p?setex$/.test(name)) return call.arguments[1] ?? null
  for (const [index, argument] of call.arguments.entries()) {
    const node = bare(argument)
    if (ts.isStringLiteralLike(node) && /^(EX|PX)$/i.test(node.text)) return call.arguments[index + 1] ?? null
    if (!ts.isObjectLiteralExpression(node)) continue
    const option = node.properties.find(
      (property) => property.name && /^(EX|PX|ttl)$/i.test(textOf(property.name)),
    )
    if (option && ts.isPropertyAssignment(option)) return option.initializer
  }
  return null
}

/** The same, or a later argument that is one by its name, or by that of the parameter it is for: `set(key, value, CACHE_TTL)`. */
export function lifetimeGiven(call: TS.CallExpression, survey: Survey): TS.Expression | null {
  const own = lifetimeIn(call)
  if (own) return own
  const { expiry } = codeWords()
  const called = functionOf(survey, call.expression)
  const index = call.arguments.findIndex((argument, at) => {
    if (at < 2) return false
    const parameter = called?.parameters[at]?.name
    return (
      hasWord(bare(argument).getText(), expiry) ||
      (parameter !== undefined && hasWord(textOf(parameter), expiry))
    )
  })
  return call.arguments[index] ?? null
}
