/** Environment variables that a schema checks on start, to bound, repeat or limit calls, and that no code reads then. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { hasWord } from '../../../../knowledge/identifier-words.js'
import type { Mentions } from '../running/mentions.js'
import { practice } from '../survey/practice.js'
import { nodesNaming } from '../syntax/naming-nodes.js'
import { bare, sourceOf, ts, walk, type TS } from '../syntax/syntax.js'
import type { SettingUses } from './setting-uses.js'

/** Cheap to look for: such a name before a colon. */
const MAY_DECLARE = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\s*:/

/** `z.object({ REQUEST_TIMEOUT_MS: z.coerce.number() })`, `cleanEnv(process.env, { REQUEST_TIMEOUT_MS: num() })` */
export function unreadVariables(tree: TS.SourceFile, uses: SettingUses): Practice[] {
  return schemasIn(tree).flatMap((schema) => {
    const variables = schema.properties.filter(ts.isPropertyAssignment).filter(isVariable)
    const asked = variables.filter(({ name }) => hasWord(name.text, codeWords().resilienceSettings))
    if (asked.length === 0) return []
    const unread = asked.filter((variable) => !isNamed(variable, uses))
    // Where none is asked for by its name, all are by other ways.
    const isReadByName = variables.some((variable) => !asked.includes(variable) && isNamed(variable, uses))
    return unread.length > 0 && isReadByName ? [fact(unread, uses)] : []
  })
}

type Variable = TS.PropertyAssignment & { name: TS.Identifier }

function isVariable(property: TS.PropertyAssignment): property is Variable {
  const { name, initializer } = property
  if (!ts.isIdentifier(name) || !codeWords().environmentVariables.test(name.text)) return false
  return ts.isCallExpression(bare(initializer)) && !codeWords().readByLibraries.test(name.text)
}

/** Objects that are given to a call, in a file that speaks of the environment. */
function schemasIn(tree: TS.SourceFile): TS.ObjectLiteralExpression[] {
  const found: TS.ObjectLiteralExpression[] = []
  if (!MAY_DECLARE.test(tree.text) || !/\bprocess\.env\b|\benv\b/i.test(tree.text)) return found
  walk(tree, (node) => {
    const isGiven =
      ts.isObjectLiteralExpression(node) &&
      (ts.isCallExpression(node.parent) || ts.isPropertyAssignment(node.parent))
    if (isGiven) found.push(node)
  })
  return found
}

/** Anywhere but as the name of a property. */
function isNamed({ name }: Variable, { modules, uncalled }: SettingUses): boolean {
  const { mentions } = uncalled
  return mentions.isPutTogether(name.text) || treesWith(name, modules, mentions).some(isNamedIn)

  function isNamedIn(tree: TS.SourceFile): boolean {
    return nodesNaming(name.text, tree).some((node) => !ts.isIdentifier(node) || !isKey(node))
  }
}

function isKey({ parent }: TS.Identifier): boolean {
  return ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)
}

function treesWith(
  name: TS.Identifier,
  modules: SettingUses['modules'],
  mentions: Mentions,
): TS.SourceFile[] {
  return modules.treesWith(name.text, mentions.readersOf(name.getSourceFile().fileName))
}

function fact(unread: Variable[], uses: SettingUses): Practice {
  const [first, ...others] = unread as [Variable, ...Variable[]]
  const names = unread.map(({ name }) => `\`${name.text}\``)
  const related = others.map((other) => ({ source: sourceOf(other), message: 'this one, too' }))
  const detail = `Nothing reads ${listed(names)}, which the environment may set`
  const found = practice(uses, first, 'setting-read', 'inert', detail, null, related)
  return { ...found, symbol: `${found.source.path}#${first.name.text}` }
}

/** In a sentence. */
const MAX_NAMES = 4

export function listed(names: string[]): string {
  const left = names.length - MAX_NAMES
  return left > 0 ? `${names.slice(0, MAX_NAMES).join(', ')} and ${left} more` : names.join(', ')
}
