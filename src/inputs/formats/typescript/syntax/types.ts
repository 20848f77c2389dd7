/** The type written for a property, as far as it stands in the same file. */
import { typeBindingOf } from './scope.js'
import { textOf, ts, type TS } from './syntax.js'

/** `deps.db` of `deps: { db: PrismaClient }`: also through interfaces and aliases of the file. */
export function typeAt(type: TS.TypeNode | undefined, path: string[]): TS.TypeNode | null {
  let at: TS.TypeNode | undefined = type
  for (const name of path) {
    const member = at && membersOf(at)?.find((candidate) => candidate.name && textOf(candidate.name) === name)
    at = member && ts.isPropertySignature(member) ? member.type : undefined
  }
  return at ?? null
}

function membersOf(type: TS.TypeNode): readonly TS.TypeElement[] | null {
  if (ts.isTypeLiteralNode(type)) return type.members
  if (!ts.isTypeReferenceNode(type)) return null
  const name = textOf(type.typeName)
  for (const statement of type.getSourceFile().statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === name) return statement.members
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === name)
      return ts.isTypeLiteralNode(statement.type) ? statement.type.members : null
  }
  return null
}

/** The module that a type comes from, and its name there: `Stripe` and `Stripe.Charge`; null for one of the file itself. */
export function importedType({ typeName }: TS.TypeReferenceNode): { module: string; path: string } | null {
  const name = ts.isIdentifier(typeName) ? typeName : typeName.left
  const binding = ts.isIdentifier(name) ? typeBindingOf(name) : null
  if (binding?.kind !== 'import') return null
  const own = binding.path.filter((part) => part !== 'default').join('.')
  const path = ts.isIdentifier(typeName) ? own : [own, typeName.right.text].filter(Boolean).join('.')
  return { module: binding.module, path }
}
