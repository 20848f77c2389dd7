/** What a name in a file stands for: an import, a declaration with its value, a parameter. Built on demand, per block. */
import { bare, isFunction, ts, type TS } from './syntax.js'

export type Binding =
  /** `path` holds the names inside the module: [] for the default export or the whole module. */
  | { kind: 'import'; module: string; path: string[] }
  /** A value; `path` holds the names taken out of it by destructuring; of a rest `without` those that it has no more. */
  | {
      kind: 'value'
      node: TS.Expression | TS.FunctionDeclaration | TS.ClassDeclaration | TS.EnumDeclaration
      path: string[]
      fallback?: TS.Expression
      without?: string[]
    }
  /** A variable without a value of its own: what is assigned to it counts. */
  | { kind: 'variable'; declaration: TS.VariableDeclaration }
  /** `fallback` is the default beside a name that is taken out of the parameter. */
  | {
      kind: 'parameter'
      node: TS.ParameterDeclaration
      path: string[]
      fallback?: TS.Expression
      without?: string[]
    }

const bindings = new WeakMap<TS.Node, Map<string, Binding>>()

/** The binding of an identifier, seen from where it stands; null for globals. */
export function bindingOf(identifier: TS.Identifier): Binding | null {
  const name = identifier.text
  for (let at: TS.Node | undefined = identifier.parent; at; at = at.parent) {
    const found = namesIn(at)?.get(name)
    if (found) return found
  }
  return null
}

/** The import, class or enumeration that a type is named by: parameters and variables of that name are no types. */
export function typeBindingOf(identifier: TS.Identifier): Binding | null {
  for (let at: TS.Node | undefined = identifier.parent; at; at = at.parent) {
    const found = namesIn(at)?.get(identifier.text)
    if (found && isType(found)) return found
  }
  return null
}

function isType(binding: Binding): boolean {
  return (
    binding.kind === 'import' ||
    (binding.kind === 'value' && (ts.isClassDeclaration(binding.node) || ts.isEnumDeclaration(binding.node)))
  )
}

/** Names declared directly in a block, function or file. */
export function namesIn(node: TS.Node): Map<string, Binding> | null {
  if (!isScope(node)) return null
  let names = bindings.get(node)
  if (!names) {
    names = new Map()
    bindings.set(node, names)
    collect(node, names)
  }
  return names
}

function isScope(node: TS.Node): boolean {
  switch (node.kind) {
    case ts.SyntaxKind.SourceFile:
    case ts.SyntaxKind.Block:
    case ts.SyntaxKind.ModuleBlock:
    case ts.SyntaxKind.CaseClause:
    case ts.SyntaxKind.ForOfStatement:
    case ts.SyntaxKind.ForStatement:
    case ts.SyntaxKind.CatchClause:
      return true
    default:
      return isFunction(node)
  }
}

function collect(node: TS.Node, names: Map<string, Binding>): void {
  if (isFunction(node)) {
    for (const parameter of node.parameters) bindParameter(parameter.name, parameter, [], names)
    return
  }
  if (ts.isForStatement(node)) {
    if (node.initializer && ts.isVariableDeclarationList(node.initializer))
      bindVariables(node.initializer, names)
    return
  }
  if (ts.isForOfStatement(node)) {
    if (ts.isVariableDeclarationList(node.initializer)) bindVariables(node.initializer, names)
    return
  }
  if (ts.isCatchClause(node)) {
    if (node.variableDeclaration) bindVariable(node.variableDeclaration, names)
    return
  }
  if (ts.isSourceFile(node) || ts.isBlock(node) || ts.isModuleBlock(node) || ts.isCaseClause(node)) {
    for (const statement of node.statements) bindStatement(statement, names)
  }
}

function bindStatement(statement: TS.Statement, names: Map<string, Binding>): void {
  if (ts.isVariableStatement(statement)) bindVariables(statement.declarationList, names)
  else if (ts.isImportDeclaration(statement)) bindImport(statement, names)
  else if (
    ts.isImportEqualsDeclaration(statement) &&
    ts.isExternalModuleReference(statement.moduleReference)
  ) {
    const { expression } = statement.moduleReference
    if (ts.isStringLiteral(expression))
      names.set(statement.name.text, { kind: 'import', module: expression.text, path: [] })
  } else if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  ) {
    if (statement.name) names.set(statement.name.text, { kind: 'value', node: statement, path: [] })
  }
}

function bindVariables(list: TS.VariableDeclarationList, names: Map<string, Binding>): void {
  for (const declaration of list.declarations) bindVariable(declaration, names)
}

function bindVariable(declaration: TS.VariableDeclaration, names: Map<string, Binding>): void {
  const value = declaration.initializer && bare(declaration.initializer)
  const module = value && moduleOf(value)
  bindPattern(declaration.name, [], (name, path, fallback, without) => {
    if (module !== undefined && module !== null) names.set(name, { kind: 'import', module, path })
    else if (value && !isNothing(value) && !isChanging(declaration, value))
      names.set(name, {
        kind: 'value',
        node: value,
        path,
        ...(fallback && { fallback }),
        ...(without && { without }),
      })
    else names.set(name, { kind: 'variable', declaration })
  })
}

/** A `let` that starts with a literal is a counter or a default: its first value says nothing of the later ones. */
function isChanging({ parent }: TS.VariableDeclaration, value: TS.Expression): boolean {
  return (parent.flags & ts.NodeFlags.Let) !== 0 && ts.isLiteralExpression(value)
}

function bindParameter(
  name: TS.BindingName,
  node: TS.ParameterDeclaration,
  path: string[],
  names: Map<string, Binding>,
): void {
  const module = moduleGivenTo(node)
  bindPattern(name, path, (text, inner, fallback, without) => {
    if (module !== null) names.set(text, { kind: 'import', module, path: inner })
    else
      names.set(text, {
        kind: 'parameter',
        node,
        path: inner,
        ...(fallback && { fallback }),
        ...(without && { without }),
      })
  })
}

type Bind = (name: string, path: string[], fallback?: TS.Expression, without?: string[]) => void

/** Calls back for every name of a binding pattern with the names on the way to it, its default, and what a rest is without. */
function bindPattern(name: TS.BindingName, path: string[], bind: Bind, fallback?: TS.Expression): void {
  if (ts.isIdentifier(name)) {
    bind(name.text, path, fallback)
    return
  }
  for (const element of name.elements) {
    if (!ts.isBindingElement(element)) continue
    if (element.dotDotDotToken && ts.isObjectBindingPattern(name) && ts.isIdentifier(element.name)) {
      bind(element.name.text, path, undefined, takenOutOf(name))
      continue
    }
    bindPattern(element.name, [...path, keyOf(element)], bind, element.initializer)
  }
}

function takenOutOf(pattern: TS.ObjectBindingPattern): string[] {
  return pattern.elements.flatMap((element) => (element.dotDotDotToken ? [] : [keyOf(element)]))
}

function keyOf({ propertyName, name }: TS.BindingElement): string {
  const key = propertyName ?? name
  return ts.isIdentifier(key) || ts.isStringLiteral(key) ? key.text : '?'
}

function bindImport(statement: TS.ImportDeclaration, names: Map<string, Binding>): void {
  const clause = statement.importClause
  if (!clause || !ts.isStringLiteral(statement.moduleSpecifier)) return
  const module = statement.moduleSpecifier.text
  if (clause.name) names.set(clause.name.text, { kind: 'import', module, path: ['default'] })
  if (!clause.namedBindings) return
  if (ts.isNamespaceImport(clause.namedBindings))
    names.set(clause.namedBindings.name.text, { kind: 'import', module, path: [] })
  else {
    for (const element of clause.namedBindings.elements) {
      names.set(element.name.text, {
        kind: 'import',
        module,
        path: [(element.propertyName ?? element.name).text],
      })
    }
  }
}

/** Module name of `require('x')` and `import('x')`. */
export function moduleOf(value: TS.Expression): string | null {
  if (!ts.isCallExpression(value)) return null
  const [argument] = value.arguments
  if (!argument || !ts.isStringLiteralLike(argument)) return null
  const { expression } = value
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require')
  return loads ? argument.text : null
}

/** The module that a parameter stands for: `import('got').then(({ default: got }) => got(url))`. */
function moduleGivenTo({ parent: callback }: TS.ParameterDeclaration): string | null {
  const call = callback.parent
  if (!ts.isCallExpression(call) || call.arguments[0] !== callback) return null
  const callee = call.expression
  const follows = ts.isPropertyAccessExpression(callee) && callee.name.text === 'then'
  return follows ? moduleOf(bare(callee.expression)) : null
}

export function isNothing(value: TS.Expression): boolean {
  return value.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(value) && value.text === 'undefined')
}
