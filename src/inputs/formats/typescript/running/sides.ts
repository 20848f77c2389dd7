/** On which side a module runs, as far as it says so itself: in a browser, or only on a server. */
import type { Library } from '../../../../knowledge/libraries.js'
import { nameMatches } from '../../../../knowledge/libraries.js'
import { codeRoles } from '../../../../knowledge/code-roles.js'
import type { ReadFile } from '../../../format.js'
import { librariesNamed } from '../syntax/library-imports.js'
import type { ImportGraph } from '../modules/import-graph.js'
import { treeOf } from '../syntax/trees.js'
import { bindingOf } from '../syntax/scope.js'
import { calleeName, isFunction, some, ts, type TS } from '../syntax/syntax.js'

/** What it imports, as written, tells most. */
export function runsOnServer(file: ReadFile, graph: ImportGraph, libraries: Library[]): boolean {
  const { serverModules } = codeRoles()
  return (
    hasServerDirective(file.text) ||
    graph.namedBy(file).some((name) => serverModules.includes(name.replace(/^node:/, ''))) ||
    takesClient(file, graph, libraries)
  )
}

/** Something that clients are made of or called by: an enumeration of the database's schema is used on both sides. */
function takesClient(file: ReadFile, graph: ImportGraph, libraries: Library[]): boolean {
  const served = graph.namedBy(file).flatMap((module) =>
    librariesNamed(module, libraries)
      .filter(isServed)
      .map((library) => ({ module, library })),
  )
  if (served.length === 0) return false
  const { taken, unnamed } = graph.takingsOf(file)
  return served.some(({ module, library }) => {
    const takings = taken.filter(({ specifier }) => specifier === module)
    const isTakenWhole = takings.length === 0 || unnamed.includes(module)
    return (
      isTakenWhole || takings.some(({ names, isType }) => !isType && (!names || bringsClient(names, library)))
    )
  })
}

function isServed({ kind, protocol }: Library): boolean {
  return kind === 'server' || codeRoles().serverProtocols.includes(protocol ?? '')
}

/** Of a library of which it is not known what makes its clients, anything may. */
function bringsClient(names: Map<string, string>, library: Library): boolean {
  const { kind, direct, tokens, types, creates, calls, manages } = library
  const makers = [
    ...creates.flatMap((one) => [...one.new, ...one.call].map((name) => name.replace(/\..*/, ''))),
    ...calls.flatMap(({ methods }) => methods.filter((name) => name !== '*')),
    ...[...types, ...tokens, ...manages.flatMap((one) => one.new)],
  ]
  if (kind === 'server' || direct || makers.length === 0) return true
  return [...names.keys()].some(
    (name) => name === 'default' || makers.some((maker) => nameMatches(maker, name)),
  )
}

/**
 * `likely`: by one sign that code on a server may show as well, as one that renders components, or asks first where it
 * runs; null where nothing says so.
 */
export function runsInBrowser(file: ReadFile, imports: string[]): 'certain' | 'likely' | null {
  const { browserDirective, browserModules } = codeRoles()
  if (hasDirective(file.text, browserDirective) || asksItsOwnSite(file)) return 'certain'
  const usesModule = imports.some((name) => browserModules.includes(name))
  const asks = asksBrowser(file)
  if (usesModule && asks) return 'certain'
  return usesModule || asks ? 'likely' : null
}

/** What such a module exports, components call in the browser, and it runs on the server. */
export function hasServerDirective(text: string): boolean {
  return hasDirective(text, codeRoles().serverDirective)
}

function hasDirective(text: string, directive: string): boolean {
  return text.includes(directive) && new RegExp(`^[ \\t]*['"]${directive}['"]`, 'm').test(text)
}

const RELATIVE = /^['"`]\/(?!\/)/
const RELATIVE_REQUEST = /(?<![.\w$])fetch\(\s*['"`]\/(?!\/)/
const NAMED_REQUEST = /(?<![.\w$])fetch\(\s*[A-Za-z_$][\w$]*\s*[,)]/
const RELATIVE_CONSTANT = /\bconst\s+[\w$]+\s*=\s*['"`]\/(?!\/)/

/** Only a page has an address that this is relative to: elsewhere `fetch('/api')` fails at once. */
function asksItsOwnSite(file: ReadFile): boolean {
  return holdsOwn(
    file,
    (text) => RELATIVE_REQUEST.test(text) || (NAMED_REQUEST.test(text) && RELATIVE_CONSTANT.test(text)),
    (node) =>
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === 'fetch' &&
      RELATIVE.test(writtenOut(node.arguments[0])) &&
      bindingOf(node.expression) === null,
  )
}

/** As it is written, or as the constant that it names is. */
function writtenOut(address: TS.Expression | undefined): string {
  const binding = address && ts.isIdentifier(address) ? bindingOf(address) : null
  const constant = binding?.kind === 'value' && binding.path.length === 0 ? binding.node : address
  return constant?.getText() ?? ''
}

/** `document.createElement()` of a document that is nobody's own, `chrome.runtime` of an extension. */
function asksBrowser(file: ReadFile): boolean {
  const { browserGlobals } = codeRoles()
  const asks = browserGlobals.map(
    ({ objects, members }) => `(?:${objects.join('|')})\\??\\.(?:${members.join('|')})`,
  )
  const mayAsk = new RegExp(`\\b(?:${asks.join('|')})`)
  return holdsOwn(
    file,
    (text) => mayAsk.test(text),
    (node) =>
      ts.isPropertyAccessExpression(node) &&
      ts.isIdentifier(node.expression) &&
      isOfBrowser(node.expression.text, node.name.text) &&
      isGlobal(node.expression),
  )
}

/** Nobody's own; `declare const chrome: any` only says that it is there, `((window) => …)(window)` and `{ document } = window` name it again. */
function isGlobal(identifier: TS.Identifier): boolean {
  const binding = bindingOf(identifier)
  if (binding === null) return true
  const given = binding.kind === 'parameter' ? givenAtOnce(binding.node) : null
  if (given) return isSame(given, identifier)
  if (binding.kind === 'value' && binding.path.length === 1 && ts.isIdentifier(binding.node as TS.Node))
    return binding.path[0] === identifier.text && isGlobal(binding.node as TS.Identifier)
  if (binding.kind !== 'variable') return false
  const statement = binding.declaration.parent.parent
  return (
    ts.isVariableStatement(statement) &&
    (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false)
  )
}

/** The argument of a function that is called where it is written. */
function givenAtOnce({ parent: owner, name }: TS.ParameterDeclaration): TS.Node | undefined {
  let at: TS.Node = owner
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent
  const isCalled = ts.isCallExpression(at.parent) && at.parent.expression === at
  const position = owner.parameters.findIndex((parameter) => parameter.name === name)
  return isCalled ? (at.parent as TS.CallExpression).arguments[position] : undefined
}

function isSame(given: TS.Node, { text }: TS.Identifier): boolean {
  return ts.isIdentifier(given) && given.text === text && bindingOf(given) === null
}

function isOfBrowser(object: string, member: string): boolean {
  return codeRoles().browserGlobals.some(
    ({ objects, members }) => objects.includes(object) && members.includes(member),
  )
}

/** Parsed only when its text may hold it; what is handed to a page does not count. */
function holdsOwn(
  file: ReadFile,
  mayHold: (text: string) => boolean,
  test: (node: TS.Node) => boolean,
): boolean {
  const tree = mayHold(file.text) ? treeOf(file) : null
  return tree !== null && some(tree, (node) => test(node) && !isHandedToPage(node))
}

export function isHandedToPage(node: TS.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) if (runsInPage(at)) return true
  return false
}

/** The function of `page.evaluate(() => …)`. */
function runsInPage(node: TS.Node): boolean {
  return (
    isFunction(node) &&
    ts.isCallExpression(node.parent) &&
    codeRoles().runsInPage.test(calleeName(node.parent))
  )
}
