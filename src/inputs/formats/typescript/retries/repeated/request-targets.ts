/** What a request is sent to, as it is written: its address, path or key, without headers and options. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import type { OutboundCall } from '../../survey/survey.js'
import { bindingOf } from '../../syntax/scope.js'
import { bare, enclosingFunction, isFunction, textOf, ts, walk, type TS } from '../../syntax/syntax.js'

const MAX_DEPTH = 3

/** Null where none is written in the call. */
export function requestTarget({ node, client }: OutboundCall): TS.Expression | null {
  const [first, second] = node.arguments
  // A store of objects is given the bucket before the key.
  const isKeyed =
    client.library.protocol === 'object-store' && second && !ts.isObjectLiteralExpression(bare(second))
  const given = isKeyed ? second : first
  return given ? within(bare(given)) : null
}

function within(given: TS.Expression): TS.Expression | null {
  if (ts.isNewExpression(given)) return given.arguments?.[0] ? within(bare(given.arguments[0])) : null
  if (!ts.isObjectLiteralExpression(given)) return isFunction(given) ? null : given
  for (const property of given.properties) {
    if (!property.name || !codeWords().targetOptions.test(textOf(property.name))) continue
    if (ts.isPropertyAssignment(property)) return property.initializer
    if (ts.isShorthandPropertyAssignment(property)) return property.name
  }
  return null
}

/** Variables that are read there: no names of properties, and no functions that are called. */
export function variablesIn(root: TS.Node): TS.Identifier[] {
  const names: TS.Identifier[] = []
  walk(root, (node) => {
    if (node !== root && isFunction(node)) return false
    if (ts.isIdentifier(node) && isRead(node)) names.push(node)
    return true
  })
  return names
}

function isRead(node: TS.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node
  if (ts.isPropertyAssignment(parent)) return parent.name !== node
  return !(ts.isCallExpression(parent) && parent.expression === node)
}

/** A target as text: what is the same for each request, and whether something behind it is not. */
interface Written {
  fixed: string
  whole: string
  isFixed: boolean
}

/** What is made at one of them is read at the other: `/orders` and `/orders/${id}`, or both `/orders/${id}`. */
export function isSameTarget(made: TS.Expression, read: TS.Expression): boolean {
  const one = writtenTarget(made)
  const other = writtenTarget(read)
  return one.isFixed ? one.fixed !== '' && one.fixed === other.fixed : one.whole === other.whole
}

function writtenTarget(target: TS.Expression): Written {
  const pieces = piecesOf(bare(target), 0)
  const open = pieces.findIndex(({ isOpen }) => isOpen)
  const textFor = (some: typeof pieces): string =>
    some
      .map(({ text }) => text)
      .join('')
      .replace(/\/+$/, '')
  return {
    fixed: textFor(open < 0 ? pieces : pieces.slice(0, open)),
    whole: textFor(pieces),
    isFixed: open < 0,
  }
}

interface Piece {
  text: string
  isOpen: boolean
}

function piecesOf(node: TS.Expression, depth: number): Piece[] {
  if (ts.isStringLiteralLike(node)) return [{ text: node.text, isOpen: false }]
  if (ts.isTemplateExpression(node))
    return [
      { text: node.head.text, isOpen: false },
      ...node.templateSpans.flatMap(({ expression, literal }) => [
        ...piecesOf(bare(expression), depth),
        { text: literal.text, isOpen: false },
      ]),
    ]
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return [...piecesOf(bare(node.left), depth), ...piecesOf(bare(node.right), depth)]
  const held = ts.isIdentifier(node) && depth < MAX_DEPTH ? heldText(node) : null
  if (held) return piecesOf(held, depth + 1)
  return [{ text: node.getText(), isOpen: variablesIn(node).some(isLocal) }]
}

/** `const url = `/orders/${id}`` */
function heldText(name: TS.Identifier): TS.Expression | null {
  const binding = bindingOf(name)
  if (binding?.kind !== 'value' || binding.path.length > 0) return null
  const { node } = binding
  if (!ts.isExpression(node)) return null
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isBinaryExpression(node)
  return isText ? node : null
}

/** What the whole module knows, as an address, is the same for each request. */
function isLocal(name: TS.Identifier): boolean {
  const binding = bindingOf(name)
  if (!binding || binding.kind === 'import') return false
  return enclosingFunction(binding.kind === 'variable' ? binding.declaration : binding.node) !== null
}
