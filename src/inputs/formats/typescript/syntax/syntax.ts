/** The TypeScript parser, loaded with the first file that needs it, and walks over its trees. */
import type { ts as TS } from 'ts-morph'
import type { Source } from '../../../../facts/source.js'
import { loadCompiler, type Compiler } from './compiler.js'
import { CODE_FILES } from '../../../extensions.js'

export type { ts as TS } from 'ts-morph'

/** Only to be used after a file was parsed. */
export let ts: Compiler

/** Methods that attach a listener for an event. */
export const LISTENING = ['on', 'once', 'addListener', 'addEventListener']

export function isScript(extension: string): boolean {
  return CODE_FILES.includes(extension)
}

export function loadTypescript(): void {
  ts ??= loadCompiler()
}

export interface SyntaxFault {
  message: string
  line: number
  column: number
}

/** The first syntax error of a tree, or null. */
export function syntaxError(file: TS.SourceFile): SyntaxFault | null {
  const [first] =
    (file as TS.SourceFile & { parseDiagnostics?: TS.DiagnosticWithLocation[] }).parseDiagnostics ?? []
  if (!first) return null
  const { line, character } = file.getLineAndCharacterOfPosition(first.start)
  return {
    message: ts.flattenDiagnosticMessageText(first.messageText, ' '),
    line: line + 1,
    column: character + 1,
  }
}

export function sourceOf(node: TS.Node): Source {
  const file = node.getSourceFile()
  const start = file.getLineAndCharacterOfPosition(node.getStart(file, false))
  const end = file.getLineAndCharacterOfPosition(node.end)
  return { path: file.fileName, line: start.line + 1, column: start.character + 1, endLine: end.line + 1 }
}

/** Visits a node and all below it, parents first, without recursion; below a node where `visit` gives false nothing is visited. */
export function walk(root: TS.Node, visit: (node: TS.Node) => unknown): void {
  const stack: TS.Node[] = [root]
  const push = (child: TS.Node): void => void stack.push(child)
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (visit(node) === false) continue
    const first = stack.length
    ts.forEachChild(node, push)
    reverseFrom(stack, first)
  }
}

export function reverseFrom(stack: TS.Node[], first: number): void {
  for (let low = first, high = stack.length - 1; low < high; low++, high--) {
    const node = stack[low]!
    stack[low] = stack[high]!
    stack[high] = node
  }
}

/** True when some node at or below passes; functions inside are entered only when asked. */
export function some(root: TS.Node, test: (node: TS.Node) => boolean, intoFunctions = true): boolean {
  let found = false
  walk(root, (node) => {
    if (found || (!intoFunctions && node !== root && isFunction(node))) return false
    if (test(node)) found = true
    return !found
  })
  return found
}

export function isAssignment(operator: TS.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.EqualsToken ||
    operator === ts.SyntaxKind.QuestionQuestionEqualsToken ||
    operator === ts.SyntaxKind.BarBarEqualsToken
  )
}

export function isFunction(node: TS.Node): node is TS.FunctionLikeDeclaration {
  switch (node.kind) {
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.FunctionExpression:
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.Constructor:
    case ts.SyntaxKind.GetAccessor:
    case ts.SyntaxKind.SetAccessor:
      return true
    default:
      return false
  }
}

/** The text of a name, without reading the source again for the ordinary ones. */
export function textOf(name: TS.Node): string {
  return ts.isIdentifier(name) ? name.text : name.getText()
}

/** '' for a function without a name of its own. */
export function functionName(node: TS.FunctionLikeDeclaration): string {
  if (node.name) return textOf(node.name)
  const { parent } = node
  return ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) ? textOf(parent.name) : ''
}

export function enclosingFunction(node: TS.Node): TS.FunctionLikeDeclaration | null {
  for (let parent = node.parent; parent; parent = parent.parent) if (isFunction(parent)) return parent
  return null
}

export function classAround(node: TS.Node): TS.ClassLikeDeclaration | null {
  for (let at: TS.Node | undefined = node.parent; at; at = at.parent) if (ts.isClassLike(at)) return at
  return null
}

/** The expression inside parentheses, casts, `!`, `await` and `void`; a function without its type arguments. */
export function bare(node: TS.Expression): TS.Expression {
  let inner = node
  while (isAround(inner)) inner = inner.expression
  return inner
}

/** The expression with parentheses and casts around it. */
export function outermost(node: TS.Expression): TS.Expression {
  let at = node
  while (ts.isExpression(at.parent) && at.parent !== node && bare(at.parent) === node) at = at.parent
  return at
}

type Around =
  | TS.ParenthesizedExpression
  | TS.AsExpression
  | TS.NonNullExpression
  | TS.SatisfiesExpression
  | TS.TypeAssertion
  | TS.AwaitExpression
  | TS.VoidExpression
  | TS.ExpressionWithTypeArguments

function isAround(node: TS.Node): node is Around {
  switch (node.kind) {
    case ts.SyntaxKind.ParenthesizedExpression:
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.NonNullExpression:
    case ts.SyntaxKind.SatisfiesExpression:
    case ts.SyntaxKind.TypeAssertionExpression:
    case ts.SyntaxKind.AwaitExpression:
    case ts.SyntaxKind.VoidExpression:
    case ts.SyntaxKind.ExpressionWithTypeArguments:
      return true
    default:
      return false
  }
}

/** Last name of a callee: `get` of `this.http.get`, `fetch` of `fetch`; '' when it has none. */
export function calleeName(call: TS.CallExpression | TS.NewExpression): string {
  const callee = bare(call.expression)
  if (ts.isIdentifier(callee)) return callee.text
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text
  return ''
}

/** Names of the enclosing functions, methods and classes, outermost first: `OrderClient.send`; `(file)` at the top. */
export function symbolOf(node: TS.Node): string {
  const names: string[] = []
  for (let at: TS.Node | undefined = node; at && !ts.isSourceFile(at); at = at.parent) {
    const name = ownName(at)
    if (name !== null) names.unshift(name)
  }
  return names.join('.') || '(file)'
}

function ownName(node: TS.Node): string | null {
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  if (ts.isClassLike(node) || (isFunction(node) && !ts.isArrowFunction(node)))
    return node.name ? textOf(node.name) : null
  if ((ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && node.initializer) {
    const value = bare(node.initializer)
    return isFunction(value) || ts.isCallExpression(value) || ts.isNewExpression(value)
      ? textOf(node.name)
      : null
  }
  return null
}

/** Clients made in one function are told apart by what they are assigned to: `this.subscriber = new Redis()`. */
export function assignedName({ parent }: TS.Node): string {
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const { left } = parent
    if (ts.isPropertyAccessExpression(left)) return `.${left.name.text}`
    if (ts.isIdentifier(left)) return `.${left.text}`
  }
  return ts.isPropertyAssignment(parent) ? `.${parent.name.getText()}` : ''
}
