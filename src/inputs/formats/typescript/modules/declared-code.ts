/** Code that runs only when somebody names it: the functions, classes and methods that a module declares at its top. */
import { codeEntries } from '../../../../knowledge/code-entries.js'
import { exportNames } from './exports.js'
import { bare, isFunction, textOf, ts, type TS } from '../syntax/syntax.js'

export interface DeclaredCode {
  /** As people call it: `Mailer.send`. */
  label: string
  name: string
  kind: 'function' | 'class' | 'member'
  /** Several of a function with overloads. */
  nodes: TS.Node[]
  /** The class of a member. */
  owner: DeclaredCode | null
  /** Names under which other modules get it. */
  exportedAs: string[]
}

const known = new WeakMap<TS.SourceFile, DeclaredCode[]>()

/** Classes before their members. */
export function declaredIn(tree: TS.SourceFile): DeclaredCode[] {
  let found = known.get(tree)
  if (!found) known.set(tree, (found = merged(tree.statements.flatMap((one) => declaredBy(one, tree)))))
  return found
}

/** What declares the code at an offset, the innermost first; comments before a declaration belong to it. */
export function declaredAround(tree: TS.SourceFile, offset: number): DeclaredCode[] {
  return declaredIn(tree)
    .filter(({ nodes }) => nodes.some((node) => node.pos <= offset && offset < node.end))
    .reverse()
}

function declaredBy(statement: TS.Statement, tree: TS.SourceFile): DeclaredCode[] {
  if (ts.isFunctionDeclaration(statement)) return [declared('function', statement.name, statement, tree)]
  if (ts.isClassDeclaration(statement)) return ofClass(statement, tree)
  if (!ts.isVariableStatement(statement)) return []
  const { declarations } = statement.declarationList
  return declarations.flatMap((declaration) =>
    ts.isIdentifier(declaration.name) && holdsFunction(declaration)
      ? declared('function', declaration.name, declarations.length === 1 ? statement : declaration, tree)
      : [],
  )
}

/** A class with decorators is made by whoever reads them; its members are named like others. */
function ofClass(node: TS.ClassDeclaration, tree: TS.SourceFile): DeclaredCode[] {
  const itself = declared('class', node.name, node, tree)
  const members = node.members.some(asksMembersByName)
    ? []
    : node.members.flatMap((member) => ofMember(member, node, itself))
  return isDecorated(node) ? members : [itself, ...members]
}

/** What a base or an interface may call is not known. */
function ofMember(
  member: TS.ClassElement,
  { heritageClauses }: TS.ClassDeclaration,
  owner: DeclaredCode,
): DeclaredCode[] {
  if (!ts.isMethodDeclaration(member) && !(ts.isPropertyDeclaration(member) && holdsFunction(member)))
    return []
  const { name } = member
  if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return []
  const isOwn = ts.isPrivateIdentifier(name) || isPrivate(member)
  if (isDecorated(member) || (heritageClauses !== undefined && !isOwn)) return []
  if (codeEntries().calledByName.test(name.text)) return []
  const label = `${owner.label}.${name.text}`
  return [{ label, name: name.text, kind: 'member', nodes: [member], owner, exportedAs: [] }]
}

/** `this[name]`: any of them may be meant. */
const asksMembersByName = (member: TS.ClassElement): boolean =>
  /\bthis(?: as [^)]{0,100}\))?!?\[(?!['"`\w]+['"`]\])/.test(member.getText())

function declared(
  kind: 'function' | 'class',
  name: TS.Identifier | undefined,
  node: TS.Node,
  tree: TS.SourceFile,
): DeclaredCode {
  const text = name?.text ?? 'default'
  return {
    label: text,
    name: text,
    kind,
    nodes: [node],
    owner: null,
    exportedAs: exportNames(text, node, tree),
  }
}

/** Overloads of a function are one. */
function merged(all: DeclaredCode[]): DeclaredCode[] {
  const byLabel = new Map<string, DeclaredCode>()
  for (const one of all) {
    const before = byLabel.get(one.label)
    if (before) {
      before.nodes.push(...one.nodes)
      before.exportedAs.push(...one.exportedAs)
    } else byLabel.set(one.label, one)
  }
  return [...byLabel.values()]
}

function holdsFunction({ initializer }: TS.VariableDeclaration | TS.PropertyDeclaration): boolean {
  return initializer !== undefined && isFunction(bare(initializer))
}

function isDecorated(node: TS.ClassDeclaration | TS.ClassElement): boolean {
  return ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0
}

function isPrivate(member: TS.ClassElement): boolean {
  return (
    ts.canHaveModifiers(member) &&
    (ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false)
  )
}

/** Statements that only hand names out: `export { send }`, `export default send`, `module.exports = { send }`. */
export function isExportList(statement: TS.Statement): boolean {
  if (ts.isExportDeclaration(statement)) return true
  if (ts.isExportAssignment(statement)) return ts.isIdentifier(bare(statement.expression))
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return false
  const { left, right } = statement.expression
  const value = bare(right)
  return (
    /^(?:module\.)?exports\b/.test(left.getText()) &&
    (ts.isIdentifier(value) ||
      (ts.isObjectLiteralExpression(value) &&
        value.properties.every(
          (one) =>
            ts.isShorthandPropertyAssignment(one) ||
            (ts.isPropertyAssignment(one) && textOf(one.name) === bare(one.initializer).getText()),
        )))
  )
}
