/** What holds a connection to somebody, whose end means that it was lost; an answer, a file or a process just ends. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import { bindingOf } from '../../syntax/scope.js'
import type { Survey } from '../../survey/survey.js'
import { bare, calleeName, LISTENING, ts, type TS } from '../../syntax/syntax.js'
import { isPlace, laterValues } from '../../values/set-again.js'

/** `socket` of `socket.on('close', …)`: by what it is made by, else by the type or the name that it has. */
export function isConnection(emitter: TS.Expression, survey: Survey): boolean {
  const node = bare(emitter)
  if (isListened(node)) return isConnection(node.expression.expression, survey)
  if (makesConnection(node, survey) || survey.shapes.clientOf(node) !== null) return true
  const values = valuesOf(node, survey).filter(isMade)
  if (values.length > 0) return values.some((value) => makesConnection(value, survey))
  return codeWords().connections.test(typeOf(node) ?? nameOf(node))
}

/** `new WebSocket(url)`, `await amqp.connect(url)`, a client of a library. */
export function makesConnection(node: TS.Node, survey: Survey): boolean {
  return (
    isMade(node) && (codeWords().connects.test(calleeName(node)) || survey.shapes.creationAt(node) !== null)
  )
}

function isMade(node: TS.Node): node is TS.CallExpression | TS.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node)
}

/** `socket.on('open', …).on('close', …)` */
function isListened(
  node: TS.Expression,
): node is TS.CallExpression & { expression: TS.PropertyAccessExpression } {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    LISTENING.includes(calleeName(node))
  )
}

function valuesOf(node: TS.Expression, survey: Survey): TS.Node[] {
  if (!isPlace(node)) return []
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  const first = binding?.kind === 'value' && binding.path.length === 0 ? binding.node : null
  const found = survey.resolver.resolve(node)
  return [
    ...(first && ts.isExpression(first) ? [bare(first)] : []),
    ...(found.kind === 'value' ? [found.node] : []),
    ...laterValues(node),
  ]
}

/** Of a parameter the type that is written: `socket: WebSocket`. */
function typeOf(node: TS.Expression): string | null {
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  return binding?.kind === 'parameter' && binding.path.length === 0
    ? (binding.node.type?.getText() ?? null)
    : null
}

function nameOf(node: TS.Expression): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  return ts.isIdentifier(node) ? node.text : ''
}
