/** Types of libraries behind types of the project: `context.orders` of `interface Context { orders: OrderModel }` in another file. */
import { exportsOf } from '../modules/exports.js'
import type { Modules } from '../modules/modules.js'
import { typeBindingOf } from '../syntax/scope.js'
import { textOf, ts, type TS } from '../syntax/syntax.js'
import { importedType } from '../syntax/types.js'

export interface LibraryType {
  module: string
  path: string
}

type Declaration = TS.InterfaceDeclaration | TS.TypeAliasDeclaration

const MAX_STEPS = 8
const MAX_MODULES = 200
/** Types of the language that have the members of the one they are given. */
const LIKE_THEIR_ARGUMENT = /^(Readonly|Partial|Required|NonNullable|Pick|Omit)$/

export class DeclaredTypes {
  readonly #declared = new Map<string, Declaration | null>()

  /** `leading`: paths of the modules that use a library, themselves or by what they import; null when not known. */
  constructor(
    readonly modules: Modules,
    readonly leading: Set<string> | null,
  ) {}

  /** What a member of a type is, or the type itself; null for what no library declares. */
  behind(type: TS.TypeNode, names: readonly string[], depth = 0): LibraryType | null {
    if (depth > MAX_STEPS) return null
    const inner = (node: TS.TypeNode): LibraryType | null => this.behind(node, names, depth + 1)
    if (ts.isParenthesizedTypeNode(type)) return inner(type.type)
    if (ts.isUnionTypeNode(type)) return sameOf(type.types.filter((one) => !isNothing(one)).map(inner))
    if (ts.isIntersectionTypeNode(type))
      return sameOf(type.types.flatMap((one) => inner(one) ?? (this.#has(one, names[0]) ? [null] : [])))
    if (ts.isTypeLiteralNode(type)) return this.#member(type.members, names, depth)
    if (!ts.isTypeReferenceNode(type)) return null
    const argument = type.typeArguments?.[0]
    if (argument && LIKE_THEIR_ARGUMENT.test(textOf(type.typeName)))
      return keeps(type, names[0]) ? inner(argument) : null
    return this.#named(type.typeName, importedType(type), names, depth)
  }

  /** The declaration that the name of a type means. */
  declarationOf({ typeName }: TS.TypeReferenceNode): Declaration | null {
    if (!ts.isIdentifier(typeName)) return null
    const imported = importedName(typeName)
    const from = typeName.getSourceFile()
    if (imported === null) return declaredIn(from, typeName.text)
    const file = this.modules.resolve(from.fileName, imported.module)
    return file === null ? null : this.#exported(file, imported.path)
  }

  /** Whether a type that is written out has a member: then it is of that type as well. */
  #has(type: TS.TypeNode, name: string | undefined): boolean {
    return ts.isTypeLiteralNode(type) && type.members.some((one) => one.name && textOf(one.name) === name)
  }

  #member(
    members: readonly TS.TypeElement[],
    [name, ...rest]: readonly string[],
    depth: number,
  ): LibraryType | null {
    if (name === undefined) return null
    const member = members.find((one) => one.name && textOf(one.name) === name)
    return member && ts.isPropertySignature(member) && member.type
      ? this.behind(member.type, rest, depth + 1)
      : null
  }

  #named(
    name: TS.Node,
    imported: LibraryType | null,
    names: readonly string[],
    depth: number,
  ): LibraryType | null {
    const from = name.getSourceFile()
    if (imported === null) return this.#declaredAs(declaredIn(from, textOf(name)), names, depth)
    const file = this.modules.resolve(from.fileName, imported.module)
    if (file === null) return names.length === 0 ? imported : null
    return this.#declaredAs(this.#exported(file, imported.path), names, depth)
  }

  #declaredAs(declared: Declaration | null, names: readonly string[], depth: number): LibraryType | null {
    if (declared === null) return null
    if (ts.isTypeAliasDeclaration(declared)) return this.behind(declared.type, names, depth + 1)
    const bases = (declared.heritageClauses ?? []).flatMap(({ types }) => [...types])
    return (
      this.#member(declared.members, names, depth) ??
      firstOf(bases, ({ expression }) =>
        ts.isIdentifier(expression) && depth < MAX_STEPS
          ? this.#named(expression, importedName(expression), names, depth + 1)
          : null,
      )
    )
  }

  /** Also through modules that export it again. */
  #exported(path: string, name: string): Declaration | null {
    const key = `${path}\n${name}`
    let known = this.#declared.get(key)
    if (known === undefined) this.#declared.set(key, (known = this.#find(path, name, new Set())))
    return known
  }

  /** `seen`: the modules that were looked through for this name; they may export each other. */
  #find(path: string, name: string, seen: Set<string>): Declaration | null {
    const key = `${path}\n${name}`
    if (seen.has(key) || seen.size > MAX_MODULES || (this.leading !== null && !this.leading.has(path)))
      return null
    seen.add(key)
    const text = this.modules.text(path)
    const mayPass = /\bexport\b[^;\n]*\bfrom\b/.test(text) || /\bexport\s*(type\s*)?[*{]/.test(text)
    const tree = text.includes(name) || mayPass ? this.modules.tree(path) : null
    if (!tree) return null
    const own = declaredIn(tree, name)
    if (own) return own
    const { named, stars } = exportsOf(tree)
    const entry = named.get(name)
    const through = (module: string, as: string): Declaration | null => {
      const file = this.modules.resolve(path, module)
      return file === null ? null : this.#find(file, as, seen)
    }
    if (entry) return entry.kind === 'from' ? through(entry.module, entry.name) : null
    return firstOf(stars, (module) => through(module, name))
  }
}

function declaredIn(tree: TS.SourceFile, name: string): Declaration | null {
  for (const statement of tree.statements)
    if (
      (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) &&
      statement.name.text === name
    )
      return statement
  return null
}

function importedName(name: TS.Identifier): LibraryType | null {
  const binding = typeBindingOf(name)
  if (binding?.kind !== 'import') return null
  return { module: binding.module, path: binding.path.filter((part) => part !== 'default').join('.') }
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}

/** What all of them are; null when they are not the same. */
function sameOf(types: (LibraryType | null)[]): LibraryType | null {
  const [first] = types
  const isSame = types.every((one) => one?.module === first?.module && one?.path === first?.path)
  return isSame ? (first ?? null) : null
}

/** `null` and `undefined` of a union. */
function isNothing(type: TS.TypeNode): boolean {
  return ['null', 'undefined'].includes(textOf(type))
}

/** Of `Pick` and `Omit`, whether the member is left, as far as the names are written there. */
function keeps({ typeName, typeArguments }: TS.TypeReferenceNode, name: string | undefined): boolean {
  const [, keys] = typeArguments ?? []
  if (!keys || name === undefined) return true
  const names = new Set([...textOf(keys).matchAll(/['"]([^'"]+)['"]/g)].map(([, key]) => key))
  if (names.size === 0) return false
  return (textOf(typeName) === 'Pick') === names.has(name)
}
