/** What code does with a function or class of a name: calls or makes it, or hands it on to whoever may. */
import { some, ts, walk, type TS } from '../syntax/syntax.js'

/** `handed-on`: as a whole, as in `compose(withBreaker, withRetry)` or `providers: [CircuitBreaker]`. */
export interface GuardUse {
  kind: 'called' | 'handed-on'
  at: TS.Node
}

/** `isOwn`: what declares it; `isOther`: something else that is called so. The first call, else where it is first handed on; null where code only imports it, exports it again or writes of it. */
export function useIn(
  tree: TS.SourceFile,
  name: string,
  { isOwn, isOther }: { isOwn: (node: TS.Node) => boolean; isOther: (name: TS.Identifier) => boolean },
): GuardUse | null {
  const names = namesOf(tree, name)
  let found: GuardUse | null = null
  walk(tree, (node) => {
    if (found?.kind === 'called' || isOwn(node)) return false
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return false
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
  if (isCalled(at)) return { kind: 'called', at }
  return isNameOf(at) ? null : { kind: 'handed-on', at }
}

/** Also by one of its members, or as the type of what is injected, or as a base. */
function isCalled(at: TS.Node): boolean {
  const { parent } = at
  if (ts.isTypeReferenceNode(parent) || ts.isExpressionWithTypeArguments(parent)) return true
  if (ts.isDecorator(parent)) return true
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
