/** Whether a module does something by itself once it is loaded, so that somebody may start it; most only declare. */
import { codeEntries } from '../../../../knowledge/code-entries.js'
import { exportsOf } from '../modules/exports.js'
import type { ImportGraph } from '../modules/import-graph.js'
import { moduleOf } from '../syntax/scope.js'
import { bare, calleeName, isFunction, some, ts, type TS } from '../syntax/syntax.js'

export function mayBeStarted(tree: TS.SourceFile, graph: ImportGraph): boolean {
  if ([...exportsOf(tree).named.keys()].some((name) => codeEntries().handlers.test(name))) return true
  return tree.statements.some((statement) => starts(statement, tree)) && canBeLoaded(tree, graph)
}

function starts(statement: TS.Statement, tree: TS.SourceFile): boolean {
  if (ts.isExpressionStatement(statement)) return startsBy(statement.expression, tree)
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.some(
      ({ initializer }) => initializer !== undefined && callsStarter(initializer),
    )
  if (ts.isExportAssignment(statement)) return callsStarter(statement.expression)
  return isControl(statement) && some(statement, isMade, false)
}

/** What is assigned is declared, and an object that the module exports is only prepared: `router.get('/orders', list)`. */
function startsBy(expression: TS.Expression, tree: TS.SourceFile): boolean {
  const node = bare(expression)
  if (ts.isBinaryExpression(node)) return callsStarter(node.right)
  if (!some(node, isMade, false)) return false
  const root = rootOf(node)
  return callsStarter(node) || root === null || !exportedNames(tree).has(root)
}

const isMade = (node: TS.Node): boolean => ts.isCallExpression(node) || ts.isNewExpression(node)

const callsStarter = (expression: TS.Expression): boolean =>
  !isFunction(bare(expression)) &&
  some(
    expression,
    (node) =>
      (ts.isCallExpression(node) || ts.isNewExpression(node)) && codeEntries().starts.test(calleeName(node)),
    false,
  )

function isControl(statement: TS.Statement): boolean {
  return (
    ts.isIfStatement(statement) ||
    ts.isTryStatement(statement) ||
    ts.isSwitchStatement(statement) ||
    ts.isIterationStatement(statement, false) ||
    ts.isBlock(statement)
  )
}

/** `app` of `app.route('/orders').get(list)`; null where no method of a named object is called. */
function rootOf(expression: TS.Expression): string | null {
  let at = bare(expression)
  let isMethod = false
  while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) {
    isMethod = ts.isPropertyAccessExpression(at)
    at = bare(at.expression)
  }
  return isMethod && ts.isIdentifier(at) ? at.text : null
}

function exportedNames(tree: TS.SourceFile): Set<string> {
  return new Set(
    [...exportsOf(tree).named.values()].flatMap((exported) => {
      if (exported.kind === 'local') return [exported.name]
      return exported.kind === 'value' && ts.isIdentifier(exported.node) ? [exported.node.text] : []
    }),
  )
}

/**
 * False when it imports, on loading, a package that no package.json names: such code ends where it begins. Where there is
 * no package.json above it, what is installed for it is not among the files.
 */
function canBeLoaded(tree: TS.SourceFile, graph: ImportGraph): boolean {
  if (graph.modules.packageOf(tree.fileName) === null) return true
  return tree.statements.every((statement) =>
    modulesOf(statement).every(
      (name) =>
        graph.modules.resolve(tree.fileName, name) !== null ||
        graph.isDeclared(tree.fileName, name) ||
        !graph.isUndeclaredPackage(tree.fileName, name),
    ),
  )
}

/** What a statement loads at once. */
function modulesOf(statement: TS.Statement): string[] {
  if (ts.isImportDeclaration(statement))
    return ts.isStringLiteral(statement.moduleSpecifier) && !statement.importClause?.isTypeOnly
      ? [statement.moduleSpecifier.text]
      : []
  if (!ts.isVariableStatement(statement) && !ts.isExpressionStatement(statement)) return []
  const names: string[] = []
  some(
    statement,
    (node) => {
      const name = ts.isCallExpression(node) ? moduleOf(node) : null
      if (name !== null) names.push(name)
      return false
    },
    false,
  )
  return names
}
