/** Whether those that were seen to call a function are all that do. */
import type { Callers } from './callers.js'
import { exportsOf } from '../modules/exports.js'
import { hasWord } from '../syntax/word-pattern.js'
import type { Survey } from './survey.js'
import { classAround, ts, walk, type TS, functionName } from '../syntax/syntax.js'

/** A function, and the places that were seen to call it. */
interface Called {
  owner: TS.FunctionLikeDeclaration
  calls: ReadonlySet<TS.Node>
}

/**
 * No framework calls it, no module may get it by another name, and wherever its name stands it is called or something else is
 * meant: a call on a receiver of unknown type may be one more.
 */
export function areAllSeen(owner: TS.FunctionLikeDeclaration, callers: Callers): boolean {
  const { survey } = callers
  const name = functionName(owner)
  if (name === '' || isHandedOut(owner, survey)) return false
  if (name.startsWith('#')) return true
  const called: Called = { owner, calls: new Set(callers.of(owner)) }
  return survey.files.every(
    ({ tree }) => !hasWord(tree.text, name) || isOnlyCalledIn(tree, name, called, survey),
  )
}

/** To a framework by a decorator, to any importer as the default, to users that are not among the files. */
function isHandedOut(owner: TS.FunctionLikeDeclaration, survey: Survey): boolean {
  const isDecorated = ts.canHaveDecorators(owner) && (ts.getDecorators(owner) ?? []).length > 0
  const isDefault = (ts.getModifiers(owner as TS.HasModifiers) ?? []).some(
    ({ kind }) => kind === ts.SyntaxKind.DefaultKeyword,
  )
  return isDecorated || isDefault || isPublished(owner, survey)
}

function isPublished(owner: TS.FunctionLikeDeclaration, { uncalled }: Survey): boolean {
  const tree = owner.getSourceFile()
  if (!uncalled?.mentions.isPublished(tree.fileName)) return false
  const names = [...exportsOf(tree).named.keys()]
  const own = classAround(owner) ? names : names.filter((name) => name === functionName(owner))
  return uncalled.mentions.isGivenOut(tree.fileName, own)
}

function isOnlyCalledIn(tree: TS.SourceFile, name: string, called: Called, survey: Survey): boolean {
  let isOnly = true
  walk(tree, (node) => {
    if (ts.isIdentifier(node) && node.text === name) isOnly &&= isCallOrOther(node, called, survey)
    return isOnly
  })
  return isOnly
}

function isCallOrOther(name: TS.Identifier, called: Called, survey: Survey): boolean {
  const { parent } = name
  const { owner, calls } = called
  if (ts.isImportSpecifier(parent)) return isOnlyCalledAs(parent, name, called, survey)
  if (ts.isExportSpecifier(parent) && !parent.propertyName) return name.text === functionName(owner)
  if (isTakenOut(name)) return false
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === name
  // `{ load }` reads what it names.
  const isShort = ts.isShorthandPropertyAssignment(parent)
  if (!isMember && !isShort && 'name' in parent && parent.name === name) return true
  const used = isMember ? parent : name
  if (ts.isCallExpression(used.parent) && calls.has(used.parent)) return true
  const found = survey.resolver.resolve(used)
  if (found.kind === 'value') return found.node !== owner && !found.or
  return found.kind === 'library' || found.kind === 'global' || found.kind === 'instance'
}

/** `import { load }`: what is done with it is seen by its name, of `import { load as get }` by the one it gets there. */
function isOnlyCalledAs(
  { name: local, propertyName }: TS.ImportSpecifier,
  name: TS.Identifier,
  called: Called,
  survey: Survey,
): boolean {
  const isRenamed =
    propertyName === name && name.text === functionName(called.owner) && local.text !== name.text
  return !isRenamed || isOnlyCalledIn(name.getSourceFile(), local.text, called, survey)
}

/** `const { load: get } = service`, `({ load: get } = service)`: of what, is not asked. */
function isTakenOut(name: TS.Identifier): boolean {
  const { parent } = name
  if (ts.isBindingElement(parent)) return parent.initializer !== name
  if (!ts.isPropertyAssignment(parent) || parent.name !== name) return false
  const object = parent.parent
  const whole = object.parent
  return (
    ts.isBinaryExpression(whole) &&
    whole.left === object &&
    whole.operatorToken.kind === ts.SyntaxKind.EqualsToken
  )
}
