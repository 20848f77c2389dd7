/** Settings that bound, repeat or limit calls, in the objects that modules declare for settings: `const redisConfig = { commandTimeout: 5000 }`. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { hasWord, mayHaveWord } from '../../../../knowledge/identifier-words.js'
import type { Resolver } from '../values/resolve.js'
import { bare, textOf, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

export interface DeclaredSetting {
  property: TS.PropertyAssignment
  /** The object of the variable, in which it may stand in inner ones. */
  root: TS.ObjectLiteralExpression
  variable: TS.VariableDeclaration & { name: TS.Identifier }
  /** The names from the root to the setting, its own at the end. */
  path: string[]
}

/** Whether a file need be parsed for it. */
export function mayDeclareSettings(text: string): boolean {
  const { settingsObjects, resilienceSettings } = codeWords()
  return mayHaveWord(text, settingsObjects) && mayHaveWord(text, resilienceSettings)
}

export function settingsIn(tree: TS.SourceFile, resolver: Resolver): DeclaredSetting[] {
  return tree.statements.filter(ts.isVariableStatement).flatMap(({ declarationList: { declarations } }) =>
    declarations.flatMap((variable) => {
      const root = variable.initializer && bare(variable.initializer)
      if (!root || !ts.isObjectLiteralExpression(root) || !hasName(variable)) return []
      return hasWord(variable.name.text, codeWords().settingsObjects)
        ? settingsOf(root, [], resolver).map((found) => ({ ...found, root, variable }))
        : []
    }),
  )
}

function hasName(variable: TS.VariableDeclaration): variable is DeclaredSetting['variable'] {
  return ts.isIdentifier(variable.name)
}

function settingsOf(
  object: TS.ObjectLiteralExpression,
  before: string[],
  resolver: Resolver,
): Pick<DeclaredSetting, 'property' | 'path'>[] {
  return object.properties.filter(ts.isPropertyAssignment).flatMap((property) => {
    if (ts.isComputedPropertyName(property.name)) return []
    const name = ts.isStringLiteralLike(property.name) ? property.name.text : textOf(property.name)
    const path = [...before, name]
    const value = bare(property.initializer)
    if (ts.isObjectLiteralExpression(value)) return settingsOf(value, path, resolver)
    const isSetting = hasWord(name, codeWords().resilienceSettings) && isAmount(value, resolver)
    return isSetting && !isStatus(name, value, resolver) ? [{ property, path }] : []
  })
}

/** A number, or what the environment gives. */
function isAmount(value: TS.Expression, resolver: Resolver): boolean {
  const { kind } = valueOf(value, resolver)
  return kind === 'number' || kind === 'variable' || (kind === 'computed' && readsEnvironment(value))
}

/** `env.TIMEOUT`, `Number(process.env.TIMEOUT)`; a text of them is none, such as the name of a queue. */
function readsEnvironment(value: TS.Expression): boolean {
  return /\benv\b/i.test(value.getText()) && !/['"`]\s*$/.test(value.getText())
}

/** `{ GATEWAY_TIMEOUT: 504 }` */
function isStatus(name: string, value: TS.Expression, resolver: Resolver): boolean {
  const found = valueOf(value, resolver)
  return name === name.toUpperCase() && found.kind === 'number' && found.value >= 400 && found.value < 600
}
