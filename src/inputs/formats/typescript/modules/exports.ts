/** What a module exports, by name. */
import { bare, isFunction, ts, type TS } from '../syntax/syntax.js'

export type Export =
  | { kind: 'local'; name: string }
  | { kind: 'value'; node: TS.Expression | TS.Declaration }
  /** `name` is empty for the whole module: `export * as db from '../db'`. */
  | { kind: 'from'; module: string; name: string }

export interface ExportTable {
  named: Map<string, Export>
  /** Modules all of whose exports are exported too. */
  stars: string[]
  /** What `module.exports` is set to: it stands for the whole module. */
  whole: TS.Expression | null
}

const tables = new WeakMap<TS.SourceFile, ExportTable>()

export function exportsOf(tree: TS.SourceFile): ExportTable {
  let table = tables.get(tree)
  if (!table) {
    table = exportTable(tree)
    tables.set(tree, table)
  }
  return table
}

/** The names under which a module exports what is declared in it. */
export function exportNames(name: string, node: TS.Node, tree: TS.SourceFile): string[] {
  return [...exportsOf(tree).named].flatMap(([exported, what]) => {
    if (what.kind === 'local') return what.name === name ? [exported] : []
    if (what.kind === 'from') return []
    return what.node === node || (ts.isIdentifier(what.node) && what.node.text === name) ? [exported] : []
  })
}

function exportTable(tree: TS.SourceFile): ExportTable {
  const named = new Map<string, Export>()
  const stars: string[] = []
  let whole: TS.Expression | null = null
  for (const statement of tree.statements) {
    if (ts.isExportDeclaration(statement)) {
      const module =
        statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier)
          ? statement.moduleSpecifier.text
          : null
      if (!statement.exportClause) {
        if (module !== null) stars.push(module)
      } else if (ts.isNamespaceExport(statement.exportClause)) {
        const { name } = statement.exportClause
        if (module !== null) named.set(name.text, { kind: 'from', module, name: '' })
      } else {
        for (const { name, propertyName } of statement.exportClause.elements) {
          const local = (propertyName ?? name).text
          named.set(
            name.text,
            module === null ? { kind: 'local', name: local } : { kind: 'from', module, name: local },
          )
        }
      }
    } else if (ts.isExportAssignment(statement)) {
      const value = bare(statement.expression)
      if (statement.isExportEquals) whole = addWhole(value, named)
      else named.set('default', { kind: 'value', node: value })
    } else if (ts.isExpressionStatement(statement)) whole = addCommonJs(statement.expression, named) ?? whole
    else if (
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    ) {
      addExported(statement, named)
    }
  }
  return { named, stars, whole }
}

function addExported(statement: TS.Statement, named: Map<string, Export>): void {
  if (ts.isVariableStatement(statement)) {
    for (const { name } of statement.declarationList.declarations) {
      const names = ts.isIdentifier(name)
        ? [name]
        : name.elements.flatMap((e) => (ts.isBindingElement(e) && ts.isIdentifier(e.name) ? [e.name] : []))
      for (const { text } of names) named.set(text, { kind: 'local', name: text })
    }
    return
  }
  if (!isFunction(statement) && !ts.isClassDeclaration(statement) && !ts.isEnumDeclaration(statement)) return
  const isDefault =
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false
  if (isDefault) named.set('default', { kind: 'value', node: statement })
  else if (statement.name) named.set(statement.name.getText(), { kind: 'value', node: statement })
}

/** `module.exports = x`, which is the whole, `module.exports.a = x`, `exports.a = x`, and several at once: `exports = module.exports = x`. */
function addCommonJs(expression: TS.Expression, named: Map<string, Export>): TS.Expression | null {
  const places: string[] = []
  let value = bare(expression)
  while (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    places.push(value.left.getText())
    value = bare(value.right)
  }
  for (const place of places) {
    const name = /^(?:module\.)?exports\.(\w+)$/.exec(place)?.[1]
    if (name !== undefined) named.set(name, { kind: 'value', node: value })
  }
  return places.includes('module.exports') ? addWhole(value, named) : null
}

/** What a module is as a whole; the members of an object are what it exports. */
function addWhole(value: TS.Expression, named: Map<string, Export>): TS.Expression {
  named.set('default', { kind: 'value', node: value })
  for (const property of ts.isObjectLiteralExpression(value) ? value.properties : []) {
    if (ts.isShorthandPropertyAssignment(property))
      named.set(property.name.text, { kind: 'local', name: property.name.text })
    else if (ts.isPropertyAssignment(property))
      named.set(property.name.getText(), { kind: 'value', node: bare(property.initializer) })
    else if (ts.isMethodDeclaration(property))
      named.set(property.name.getText(), { kind: 'value', node: property })
  }
  return value
}
