/** What code does with a function or class of a name: calls or makes it, or hands it on to whoever may. */
import { isExportList } from '../modules/declared-code.js'
import { some, ts, walk, type TS } from '../syntax/syntax.js'

/** `handed-on`: as a whole, as in `compose(withBreaker, withRetry)` or `providers: [CircuitBreaker]`. */
export interface GuardUse {
  kind: 'called' | 'handed-on'
  at: TS.Node
}

/** `aliases`: what the file calls it besides; `isOwn`: what declares it; `isOther`: something else that is called so. The first call, else where it is first handed on; null where code only imports it, exports it again or writes of it. */
export function useIn(
  tree: TS.SourceFile,
  name: string,
  aliases: ReadonlySet<string>,
  { isOwn, isOther }: { isOwn: (node: TS.Node) => boolean; isOther: (name: TS.Identifier) => boolean },
): GuardUse | null {
  const names = new Set([...namesOf(tree, name), ...aliases])
  let found: GuardUse | null = null
  walk(tree, (node) => {
    if (found?.kind === 'called' || isOwn(node)) return false
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return false
    if (ts.isExportAssignment(node) && isExportList(node)) return false
    if (ts.isIdentifier(node) && names.has(node.text) && !isOther(node)) found = useAt(node) ?? found
    return true
  })
  return found
}

/** Its own, and those under which the file imports it. */
function namesOf(tree: TS.SourceFile, name: string): Set<string> {
  const names = new Set([name])
  for (const statement of tree.statements)
    if (ts.isImportDeclaration(statement))
      some(statement, (node) => {
        if (ts.isImportSpecifier(node) && node.propertyName?.text === name) names.add(node.name.text)
        return false
      })
  return names
}

function useAt(name: TS.Identifier): GuardUse | null {
  const { parent } = name
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === name
  const at: TS.Node = isMember ? parent : name
  const type = typeAt(name)
  if (type) return isInjected(type) ? { kind: 'called', at } : null
  if (isCalled(at)) return { kind: 'called', at }
  return isNameOf(at) ? null : { kind: 'handed-on', at }
}

/** `CircuitBreaker`, `guards.CircuitBreaker`, `typeof withBreaker` and `implements CircuitBreaker`, which make and call nothing. */
function typeAt(name: TS.Identifier): TS.Node | null {
  let at: TS.Node = name
  while (ts.isQualifiedName(at.parent)) at = at.parent
  const { parent } = at
  if (ts.isTypeNode(parent) && !ts.isExpressionWithTypeArguments(parent)) return parent
  const isBase = ts.isExpressionWithTypeArguments(parent) && ts.isHeritageClause(parent.parent)
  return isBase && !extendsClass(parent.parent) ? parent : null
}

function extendsClass({ token, parent }: TS.HeritageClause): boolean {
  return token === ts.SyntaxKind.ExtendsKeyword && !ts.isInterfaceDeclaration(parent)
}

/** What a constructor takes, or decorators ask for, whoever makes the object hands in. */
function isInjected(type: TS.Node): boolean {
  let at = type.parent
  while (ts.isTypeNode(at)) at = at.parent
  if (ts.isParameter(at))
    return ts.isConstructorDeclaration(at.parent) || isDecorated(at) || isDecorated(at.parent)
  return ts.isPropertyDeclaration(at) && isDecorated(at)
}

function isDecorated(node: TS.Node): boolean {
  return ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0
}

/** Also by one of its members, or as a base. */
function isCalled(at: TS.Node): boolean {
  const { parent } = at
  if (ts.isExpressionWithTypeArguments(parent) || ts.isDecorator(parent)) return true
  return (
    (ts.isCallExpression(parent) || ts.isNewExpression(parent) || ts.isPropertyAccessExpression(parent)) &&
    parent.expression === at
  )
}

/** The name of something else: a property, a parameter, a variable. */
function isNameOf(at: TS.Node): boolean {
  const { parent } = at
  return 'name' in parent && parent.name === at && !ts.isShorthandPropertyAssignment(parent)
}
