/** Timeouts that a class with outbound calls takes and keeps, and that none of its methods reads. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { practice } from '../survey/practice.js'
import { scopeOf } from '../syntax/uses.js'
import type { Survey } from '../survey/survey.js'
import { bare, classAround, some, textOf, ts, walk, type TS } from '../syntax/syntax.js'

interface Stored {
  name: string
  at: TS.Node
}

export function storedTimeouts(survey: Survey): Practice[] {
  return survey.files.flatMap(({ tree }) => {
    if (!codeWords().limitsTime.test(tree.text)) return []
    return tree.statements
      .filter(ts.isClassDeclaration)
      .flatMap((owner) => storedBy(owner).flatMap((stored) => judge(survey, owner, stored)))
  })
}

function judge(survey: Survey, owner: TS.ClassDeclaration, { name, at }: Stored): Practice[] {
  const className = owner.name?.text
  if (className === undefined || !some(owner, (node) => survey.outboundAt(node) !== null)) return []
  const setting = `\`${className}.${name}\``
  if (isReadIn(owner, name) || isReadElsewhere(survey, owner, className, name))
    return [practice(survey, at, 'timeout-inert', 'present', `${setting} is read`)]
  const detail = `${setting} stores the timeout that the class is given, and no method reads it`
  return [practice(survey, at, 'timeout-inert', 'inert', detail)]
}

/** `this.timeout = options.timeout ?? 3000`, `constructor(private readonly timeout: number)`. */
function storedBy(owner: TS.ClassDeclaration): Stored[] {
  const constructor = owner.members.find(ts.isConstructorDeclaration)
  if (!constructor?.body) return []
  const stored: Stored[] = constructor.parameters.flatMap((parameter) =>
    ts.isParameterPropertyDeclaration(parameter, constructor) && isSetting(parameter)
      ? [{ name: textOf(parameter.name), at: parameter }]
      : [],
  )
  const parameters = new Set(constructor.parameters.flatMap(({ name }) => namesIn(name)))
  walk(constructor.body, (node) => {
    const left = ts.isBinaryExpression(node) && isPlainAssignment(node) ? bare(node.left) : null
    if (
      left === null ||
      !ts.isBinaryExpression(node) ||
      !isOwn(left) ||
      !codeWords().timeoutSettings.test(left.name.text)
    )
      return
    if (scopeOf(node) === constructor && isMadeOf(node.right, parameters))
      stored.push({ name: left.name.text, at: node })
  })
  return stored
}

const isSetting = ({ name, type }: TS.ParameterDeclaration): boolean =>
  codeWords().timeoutSettings.test(textOf(name)) && (type === undefined || /^number\b/.test(type.getText()))

const isPlainAssignment = ({ operatorToken: { kind } }: TS.BinaryExpression): boolean =>
  kind === ts.SyntaxKind.EqualsToken

function namesIn(name: TS.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []))
}

/** A number that is given: no call that may do something with it. */
function isMadeOf(value: TS.Expression, parameters: Set<string>): boolean {
  return (
    some(value, (node) => ts.isIdentifier(node) && parameters.has(node.text)) &&
    !some(value, (node) => ts.isCallExpression(node) || ts.isNewExpression(node))
  )
}

function isOwn(node: TS.Node): node is TS.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword
}

/** By name, or as part of the whole object, which others may read. */
function isReadIn(owner: TS.ClassDeclaration, name: string): boolean {
  return some(owner, (node) => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) return !isMemberOrChecked(node)
    if (!ts.isPropertyAccessExpression(node) || node.name.text !== name) return false
    return !isWritten(node) && !isOptions(node.expression)
  })
}

/** `this.x`; anything else hands the object on. */
function isMemberOrChecked({ parent }: TS.Node): boolean {
  return ts.isPropertyAccessExpression(parent) || ts.isReturnStatement(parent)
}

function isWritten(node: TS.Expression): boolean {
  const { parent } = node
  return ts.isBinaryExpression(parent) && parent.left === node && isPlainAssignment(parent)
}

function isOptions(expression: TS.Expression): boolean {
  const node = bare(expression)
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : node.getText()
  return codeWords().givenOptions.test(name)
}

/** In code that speaks of the class, as one that extends it does. */
function isReadElsewhere(
  survey: Survey,
  owner: TS.ClassDeclaration,
  className: string,
  name: string,
): boolean {
  return survey.modules
    .treesWith(className)
    .filter(({ text }) => text.includes(name))
    .some((tree) =>
      some(tree, (node) => {
        if (ts.isBindingElement(node))
          return textOf(node.propertyName ?? node.name) === name && !isOfOptions(node)
        if (!ts.isPropertyAccessExpression(node) || node.name.text !== name || isWritten(node)) return false
        return !isOptions(node.expression) && !isOfOther(node, owner, className)
      }),
    )
}

/** `const { timeout } = options`. */
function isOfOptions({ parent: { parent } }: TS.BindingElement): boolean {
  return ts.isVariableDeclaration(parent) && !!parent.initializer && isOptions(parent.initializer)
}

/** `this.timeout` in the class itself, which was asked, or in one that has nothing to do with it. */
function isOfOther(
  node: TS.PropertyAccessExpression,
  owner: TS.ClassDeclaration,
  className: string,
): boolean {
  const around = classAround(node)
  if (around === owner) return true
  const isOwnMember = node.expression.kind === ts.SyntaxKind.ThisKeyword
  const bases = (around?.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.getText()))
  return isOwnMember && around !== null && bases.length === 0 && around.name?.text !== className
}
