/** Collections of the process that only grow: one entry for each user, session or message until the memory ends. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { mayGrow } from '../running/necessary-text.js'
import { practice } from '../survey/practice.js'
import { startsWithProcess } from '../running/process-start.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey, Surveyed } from '../survey/survey.js'
import {
  bare,
  calleeName,
  classAround,
  enclosingFunction,
  some,
  sourceOf,
  textOf,
  ts,
  type TS,
} from '../syntax/syntax.js'

const PATTERN = 'bounded-memory'
const GROWS = /^(set|add)$/

export function growingMemory(survey: Survey): Practice[] {
  return survey.files.flatMap((file) => (mayGrow(file.tree.text) ? collectionsIn(survey, file) : []))
}

function collectionsIn(survey: Survey, { calls }: Surveyed): Practice[] {
  const judged = new Set<TS.Node>()
  return calls.flatMap((call) => {
    const place = grownBy(call)
    if (!place || judged.has(place.declaration)) return []
    judged.add(place.declaration)
    return [judgeCollection(survey, call, place)]
  })
}

interface Place {
  declaration: TS.VariableDeclaration | TS.PropertyDeclaration
  name: string
  /** Where else it can be used: its file, or its class. */
  within: TS.Node
}

function judgeCollection(
  survey: Survey,
  call: TS.CallExpression,
  { declaration, name, within }: Place,
): Practice {
  const key = call.arguments[0]!.getText().slice(0, 40)
  const related = [{ source: sourceOf(declaration), message: 'it lives as long as the process' }]
  if (isBounded(within, name))
    return practice(
      survey,
      call,
      PATTERN,
      'present',
      `Entries of \`${name}\` are removed again`,
      null,
      related,
    )
  const detail = `\`${name}\` gets an entry for each \`${key}\`, and nothing removes one`
  return isSeenElsewhere(declaration)
    ? practice(
        survey,
        call,
        PATTERN,
        'unknown',
        detail,
        `what removes entries from \`${name}\`? It can be reached from other modules`,
        related,
      )
    : practice(survey, call, PATTERN, 'absent', detail, null, related)
}

/** `sessions.set(session.id, …)` in a function that is called again and again. */
function grownBy(call: TS.CallExpression): Place | null {
  const [key] = call.arguments
  if (!key || !GROWS.test(calleeName(call)) || !ts.isPropertyAccessExpression(call.expression)) return null
  if (!codeWords().endlessKeys.test(lastName(key)) || startsWithProcess(call)) return null
  const receiver = bare(call.expression.expression)
  if (isPutBack(call, lastName(receiver))) return null
  if (ts.isIdentifier(receiver)) return ofModule(receiver)
  const isField =
    ts.isPropertyAccessExpression(receiver) && receiver.expression.kind === ts.SyntaxKind.ThisKeyword
  return isField ? ofClass(receiver) : null
}

/** `users.set(id, user)` of a user that was there before: `const user = users.get(id)`. */
function isPutBack({ arguments: [, value] }: TS.CallExpression, name: string): boolean {
  const node = value && bare(value)
  const binding = node && ts.isIdentifier(node) ? bindingOf(node) : null
  if (binding?.kind !== 'value' || !ts.isCallExpression(binding.node)) return false
  const { expression } = binding.node
  return (
    ts.isPropertyAccessExpression(expression) &&
    expression.name.text === 'get' &&
    lastName(expression.expression) === name
  )
}

function ofModule(name: TS.Identifier): Place | null {
  const binding = bindingOf(name)
  const declaration = binding?.kind === 'value' ? binding.node.parent : null
  if (!declaration || !ts.isVariableDeclaration(declaration) || enclosingFunction(declaration)) return null
  return isCollection(declaration.initializer)
    ? { declaration, name: name.text, within: declaration.getSourceFile() }
    : null
}

/** A field of a class of which the process has one object: an object of a request goes with it. */
function ofClass({ name }: TS.PropertyAccessExpression): Place | null {
  const owner = classAround(name)
  const field = owner?.members.find((member) => member.name && textOf(member.name) === name.text)
  if (!owner || !field || !ts.isPropertyDeclaration(field) || !isCollection(field.initializer)) return null
  return isStatic(field) || isSole(owner) ? { declaration: field, name: name.text, within: owner } : null
}

const isStatic = (field: TS.PropertyDeclaration): boolean =>
  (field.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)

/** Made once at the top of its file, or by a container of which one object is the rule. */
function isSole(owner: TS.ClassLikeDeclaration): boolean {
  const decorators = ts.canHaveDecorators(owner) ? (ts.getDecorators(owner) ?? []) : []
  if (decorators.some(({ expression }) => codeWords().madeByContainer.test(expression.getText())))
    return !decorators.some(({ expression }) => /Scope\.(REQUEST|TRANSIENT)/.test(expression.getText()))
  const name = owner.name?.text
  return owner
    .getSourceFile()
    .statements.some(
      (statement) =>
        (ts.isVariableStatement(statement) || ts.isExportAssignment(statement)) &&
        some(statement, (node) => ts.isNewExpression(node) && node.expression.getText() === name, false),
    )
}

function isCollection(value: TS.Expression | undefined): boolean {
  const node = value && bare(value)
  return node !== undefined && ts.isNewExpression(node) && /^(Map|Set)$/.test(node.expression.getText())
}

/** Something takes entries out, asks how many there are, or begins anew. */
function isBounded(within: TS.Node, name: string): boolean {
  return some(within, (node) => {
    if (ts.isPropertyAccessExpression(node))
      return codeWords().boundsCollections.test(node.name.text) && lastName(node.expression) === name
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false
    return lastName(node.left) === name
  })
}

/** Exported, not private, or handed to something else. */
function isSeenElsewhere(declaration: Place['declaration']): boolean {
  const { modifiers } = ts.isPropertyDeclaration(declaration)
    ? declaration
    : (declaration.parent.parent as TS.VariableStatement)
  const kinds = (modifiers ?? []).map(({ kind }) => kind)
  const isOpen = ts.isPropertyDeclaration(declaration)
    ? !ts.isPrivateIdentifier(declaration.name) && !kinds.includes(ts.SyntaxKind.PrivateKeyword)
    : kinds.includes(ts.SyntaxKind.ExportKeyword)
  return isOpen || isHandedOn(declaration)
}

function isHandedOn({ name }: Place['declaration']): boolean {
  const text = textOf(name)
  return some(name.getSourceFile(), (node) => {
    const isArgument =
      ts.isCallExpression(node.parent ?? node) &&
      (node.parent as TS.CallExpression).arguments.includes(node as TS.Expression)
    const isReturned = ts.isReturnStatement(node.parent ?? node) || ts.isShorthandPropertyAssignment(node)
    return (isArgument || isReturned) && lastName(node) === text
  })
}

function lastName(node: TS.Node): string {
  const inner = ts.isExpression(node) ? bare(node) : node
  if (ts.isPropertyAccessExpression(inner)) return inner.name.text
  return ts.isIdentifier(inner) ? inner.text : ts.isShorthandPropertyAssignment(inner) ? inner.name.text : ''
}
