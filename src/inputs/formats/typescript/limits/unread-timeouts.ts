/** Timeouts in a settings object of which a client gets other members: nobody hands the timeout on. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { bindingOf } from '../syntax/scope.js'
import { practice } from '../survey/practice.js'
import type { Made } from '../values/callees.js'
import type { Survey } from '../survey/survey.js'
import { bare, some, sourceOf, textOf, ts, walk, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

/** So many members of one settings object say that the client is made from it. */
const ENOUGH_MEMBERS = 2

interface Settings {
  object: TS.ObjectLiteralExpression
  /** Members that the creation of the client reads. */
  read: Set<string>
}

export function unreadTimeouts(survey: Survey): Practice[] {
  return survey.creations.flatMap(({ made }) =>
    made ? settingsOf(survey, made).flatMap((settings) => timeoutsIn(survey, made, settings)) : [],
  )
}

function timeoutsIn(survey: Survey, made: Made, { object, read }: Settings): Practice[] {
  const name = nameOf(object)
  if (name === null) return []
  return object.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property) || !codeWords().limitsTime.test(textOf(property.name))) return []
    if (valueOf(property.initializer, survey.resolver).kind !== 'number') return []
    const option = textOf(property.name)
    return read.has(option)
      ? practice(survey, made, 'timeout-inert', 'present', `The client gets \`${name}.${option}\``)
      : unread(survey, made, name, property)
  })
}

function unread(survey: Survey, made: Made, name: string, property: TS.PropertyAssignment): Practice[] {
  const option = textOf(property.name)
  if (isReadByName(survey, made, option)) return []
  const isHandedOn = modulesWith(name, survey, made).some((tree) =>
    some(tree, (node) => isHandedOnAt(node, name, survey)),
  )
  const written = `\`${name}.${option}\` is declared, and nothing in its package reads it by name`
  const reason = `\`${name}\` is passed on as a whole, and a client may get \`${option}\` that way; this one does not`
  const related = [{ source: sourceOf(property), message: 'it is declared here' }]
  return isHandedOn
    ? [practice(survey, made, 'timeout-inert', 'unknown', written, reason, related)]
    : [practice(survey, made, 'timeout-inert', 'inert', written, null, related)]
}

/** Objects of which the creation reads several members by name. */
function settingsOf(survey: Survey, made: Made): Settings[] {
  const reads = new Map<TS.ObjectLiteralExpression, Set<string>>()
  for (const argument of made.arguments ?? []) {
    const found = survey.resolver.resolve(argument)
    walk(found.kind === 'value' ? found.node : argument, (node) => {
      if (!ts.isPropertyAccessExpression(node)) return
      const owner = survey.resolver.resolve(node.expression)
      if (owner.kind !== 'value' || !ts.isObjectLiteralExpression(owner.node)) return
      reads.set(owner.node, (reads.get(owner.node) ?? new Set()).add(node.name.text))
    })
  }
  return [...reads].flatMap(([object, read]) => (read.size >= ENOUGH_MEMBERS ? [{ object, read }] : []))
}

/** `redisConfig` of `const redisConfig = { … }`. */
function nameOf(settings: TS.ObjectLiteralExpression): string | null {
  let at: TS.Node = settings.parent
  while (ts.isExpression(at) && bare(at) === settings) at = at.parent
  return ts.isVariableDeclaration(at) && ts.isIdentifier(at.name) ? at.name.text : null
}

function isReadByName(survey: Survey, made: Made, option: string): boolean {
  return modulesWith(option, survey, made).some((tree) => some(tree, (node) => readsMember(node, option)))
}

/** Of the package in which a client is made. */
function modulesWith(word: string, survey: Survey, made: Made): TS.SourceFile[] {
  const { modules } = survey
  const manifest = modules.packageOf(made.getSourceFile().fileName)
  const paths = manifest ? modules.modulesIn(manifest) : [made.getSourceFile().fileName]
  return modules.treesWith(word, paths)
}

function readsMember(node: TS.Node, option: string): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === option
  if (ts.isStringLiteralLike(node)) return node.text === option
  return ts.isBindingElement(node) && textOf(node.propertyName ?? node.name) === option
}

/** By code that nothing calls it gets nowhere. */
function isHandedOnAt(node: TS.Node, name: string, { uncalled }: Survey): boolean {
  return isWhole(node, name) && !uncalled?.around(node)
}

function isWhole(node: TS.Node, name: string): boolean {
  if (!ts.isIdentifier(node) || node.text !== name || bindingOf(node) === null) return false
  const { parent } = node
  const isBase = ts.isPropertyAccessExpression(parent) && parent.expression === node
  const isDeclared =
    ts.isVariableDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isTypeQueryNode(parent)
  return !isBase && !isDeclared
}
