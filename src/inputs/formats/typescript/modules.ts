/** All files of a run as modules: which file an import means, and what a file exports. Files are parsed when first asked for. */
import { posix } from 'node:path'
import { compareText } from '../../../facts/source.js'
import type { InputFile, ReadFile, Reading } from '../../format.js'
import { aliasesOf, manifestOf, type PackageManifest, type PathAlias } from './manifests.js'
import { bare, isFunction, isScript, parse, ts, type TS } from './syntax.js'

export type Export =
  | { kind: 'local'; name: string }
  | { kind: 'value'; node: TS.Expression | TS.Declaration }
  | { kind: 'from'; module: string; name: string }

const EXTENSIONS = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs']
/** Trees kept from reading to linking. */
const trees = new WeakMap<Reading, TS.SourceFile>()
const tables = new WeakMap<TS.SourceFile, { named: Map<string, Export>; stars: string[] }>()

/** Null when the nesting of a file exceeds the stack. */
export function parseSafely({ path, text }: InputFile): TS.SourceFile | null {
  try {
    return parse(path, text)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Keeps the tree of a file that was read until its links are followed. */
export function keepTree(reading: Reading, tree: TS.SourceFile): Reading {
  trees.set(reading, tree)
  return reading
}

export function treeOf(file: ReadFile): TS.SourceFile | null {
  const tree = trees.get(file.reading) ?? parseSafely(file)
  if (tree) trees.set(file.reading, tree)
  return tree
}

/** Whether a file was parsed when it was read. */
export function wasParsed({ reading }: ReadFile): boolean {
  return trees.has(reading)
}

export function dropTree({ reading }: ReadFile): void {
  trees.delete(reading)
}

export class Modules {
  readonly #files = new Map<string, ReadFile>()
  readonly #packages: PackageManifest[]
  readonly #aliases: PathAlias[]
  readonly #packageOf = new Map<string, PackageManifest | null>()
  readonly #resolved = new Map<string, Map<string, string | null>>()

  constructor(files: ReadFile[]) {
    for (const file of files) this.#files.set(file.path, file)
    this.#packages = files.flatMap((file) =>
      posix.basename(file.path) === 'package.json' ? manifestOf(file) : [],
    )
    this.#packages.sort((a, b) => b.folder.length - a.folder.length || compareText(a.folder, b.folder))
    this.#aliases = files.flatMap((file) =>
      /^tsconfig[^/]*\.json$/.test(posix.basename(file.path)) ? aliasesOf(file) : [],
    )
  }

  /** The nearest package above a file. */
  packageOf(path: string): PackageManifest | null {
    let found = this.#packageOf.get(path)
    if (found === undefined) {
      found = this.#packages.find(({ folder }) => folder === '' || path.startsWith(`${folder}/`)) ?? null
      this.#packageOf.set(path, found)
    }
    return found
  }

  /** The range of a dependency for a file: of its package, else of a package above. */
  rangeOf(path: string, dependency: string): string | null {
    const above = this.#packages.filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`))
    for (const { dependencies } of above)
      if (dependencies[dependency] !== undefined) return dependencies[dependency]!
    return null
  }

  tree(path: string): TS.SourceFile | null {
    const file = this.#files.get(path)
    return file ? treeOf(file) : null
  }

  /** The file that an import specifier means; null for installed packages and files that are not there. */
  resolve(from: string, specifier: string): string | null {
    let known = this.#resolved.get(from)
    if (!known) this.#resolved.set(from, (known = new Map()))
    let found = known.get(specifier)
    if (found === undefined) known.set(specifier, (found = this.#find(from, specifier)))
    return found
  }

  #find(from: string, specifier: string): string | null {
    if (specifier.startsWith('.')) return this.#existing(posix.join(posix.dirname(from), specifier))
    for (const { folder, prefix, targets } of this.#aliases) {
      if (!specifier.startsWith(prefix) || (folder !== '' && !from.startsWith(`${folder}/`))) continue
      for (const target of targets) {
        const found = this.#existing(posix.join(folder, target, specifier.slice(prefix.length)))
        if (found) return found
      }
    }
    const owner = this.#packages.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`))
    if (!owner) return null
    const inside = specifier.slice(owner.name.length)
    const places = inside === '' ? [owner.main, 'src/index', 'index'] : [inside, `src${inside}`]
    for (const place of places) {
      const found = this.#existing(posix.join(owner.folder, place))
      if (found) return found
    }
    return null
  }

  #existing(place: string): string | null {
    const stem = place.replace(/\.[cm]?jsx?$/, '')
    if (this.#files.has(place) && isScript(posix.extname(place))) return place
    for (const extension of EXTENSIONS) {
      for (const path of [stem + extension, place + extension, `${place}/index${extension}`])
        if (this.#files.has(path)) return path
    }
    return null
  }

  exportsOf(tree: TS.SourceFile): { named: Map<string, Export>; stars: string[] } {
    let table = tables.get(tree)
    if (!table) {
      table = exportTable(tree)
      tables.set(tree, table)
    }
    return table
  }
}

function exportTable(tree: TS.SourceFile): { named: Map<string, Export>; stars: string[] } {
  const named = new Map<string, Export>()
  const stars: string[] = []
  for (const statement of tree.statements) {
    if (ts.isExportDeclaration(statement)) {
      const module =
        statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier)
          ? statement.moduleSpecifier.text
          : null
      if (!statement.exportClause) {
        if (module !== null) stars.push(module)
      } else if (ts.isNamedExports(statement.exportClause)) {
        for (const { name, propertyName } of statement.exportClause.elements) {
          const local = (propertyName ?? name).text
          named.set(
            name.text,
            module === null ? { kind: 'local', name: local } : { kind: 'from', module, name: local },
          )
        }
      }
    } else if (ts.isExportAssignment(statement))
      named.set('default', { kind: 'value', node: bare(statement.expression) })
    else if (ts.isExpressionStatement(statement)) addCommonJs(statement.expression, named)
    else if (
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    ) {
      addExported(statement, named)
    }
  }
  return { named, stars }
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

/** `module.exports = x`, `module.exports.a = x`, `exports.a = x`. */
function addCommonJs(expression: TS.Expression, named: Map<string, Export>): void {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return
  const match = /^(?:module\.)?exports(?:\.(\w+))?$/.exec(expression.left.getText())
  if (!match) return
  const value = bare(expression.right)
  if (match[1] !== undefined) named.set(match[1], { kind: 'value', node: value })
  else if (/^module/.test(expression.left.getText())) {
    named.set('default', { kind: 'value', node: value })
    if (!ts.isObjectLiteralExpression(value)) return
    for (const property of value.properties) {
      if (ts.isShorthandPropertyAssignment(property))
        named.set(property.name.text, { kind: 'local', name: property.name.text })
      else if (ts.isPropertyAssignment(property))
        named.set(property.name.getText(), { kind: 'value', node: bare(property.initializer) })
    }
  }
}
