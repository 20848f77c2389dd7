/** Where a type of the project is declared, also through modules that export it again. */
import { exportsOf } from './exports.js'
import type { Modules } from './modules.js'
import { namesIn } from '../syntax/scope.js'
import { ts, type TS } from '../syntax/syntax.js'

/** A file and the name of the type in it, as one text; null where no file of the project declares it at its top. */
export function declaredTypeAt(path: string, name: string, modules: Modules): string | null {
  return ofName(path, name, modules, new Set())
}

export function placeOf(path: string, name: string): string {
  return `${path}#${name}`
}

/** As the file itself knows the name: declared there, or imported. */
function ofName(path: string, name: string, modules: Modules, seen: Set<string>): string | null {
  const tree = modules.tree(path)
  if (!tree) return null
  if (tree.statements.some((one) => isType(one) && one.name?.text === name)) return placeOf(path, name)
  const binding = namesIn(tree)?.get(name)
  const [exported] = binding?.kind === 'import' ? binding.path : []
  if (binding?.kind !== 'import' || exported === undefined) return null
  return ofExport(modules.resolve(path, binding.module), exported, modules, seen)
}

/** As others get it from there. */
function ofExport(path: string | null, name: string, modules: Modules, seen: Set<string>): string | null {
  const tree = path === null ? null : modules.tree(path)
  if (path === null || !tree || seen.has(placeOf(path, name))) return null
  seen.add(placeOf(path, name))
  const { named, stars } = exportsOf(tree)
  const entry = named.get(name)
  if (entry?.kind === 'from') return ofExport(modules.resolve(path, entry.module), entry.name, modules, seen)
  if (entry?.kind === 'value' && ts.isIdentifier(entry.node))
    return ofName(path, entry.node.text, modules, seen)
  const own = ofName(path, localName(tree, entry?.kind === 'local' ? entry.name : name), modules, seen)
  if (own !== null) return own
  for (const module of name === 'default' ? [] : stars) {
    const found = ofExport(modules.resolve(path, module), name, modules, seen)
    if (found !== null) return found
  }
  return null
}

/** What a file calls what it gives as its default. */
function localName(tree: TS.SourceFile, name: string): string {
  if (name !== 'default') return name
  const isDefault = ({ kind }: TS.Node): boolean => kind === ts.SyntaxKind.DefaultKeyword
  const type = tree.statements.find((one) => isType(one) && one.modifiers?.some(isDefault))
  return type && isType(type) ? (type.name?.text ?? name) : name
}

function isType(
  node: TS.Statement,
): node is TS.InterfaceDeclaration | TS.ClassDeclaration | TS.TypeAliasDeclaration {
  return ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isTypeAliasDeclaration(node)
}
