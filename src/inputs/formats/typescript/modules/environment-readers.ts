/** Functions of the project that read an environment variable whose name they are given: `requireEnv('REDIS_URL')`. */
import type { Resolved } from './resolved.js'
import { isFunction, some, ts, type TS } from '../syntax/syntax.js'

export interface VariableRead {
  name: string
  /** What the caller gives for when it is not set. */
  fallback: TS.Expression | null
}

interface Resolving {
  resolve(expression: TS.Expression): Resolved
}

const MAX_PARAMETERS = 3
const known = new WeakMap<TS.FunctionLikeDeclaration, boolean>()

/** `process.env[name]`, where `name` is what the function is given first. */
export function readsNamedVariable(reader: TS.FunctionLikeDeclaration): boolean {
  let reads = known.get(reader)
  if (reads === undefined) known.set(reader, (reads = readsFirst(reader)))
  return reads
}

export function variableReadBy(call: TS.CallExpression, resolver: Resolving): VariableRead | null {
  const [name, fallback] = call.arguments
  if (!name || !ts.isStringLiteralLike(name)) return null
  const reader = resolver.resolve(call.expression)
  if (reader.kind !== 'value' || !isFunction(reader.node) || !readsNamedVariable(reader.node)) return null
  const [, otherwise] = reader.node.parameters
  const isUsed = otherwise !== undefined && standsIn(reader.node.body!, otherwise.name.getText())
  return { name: name.text, fallback: isUsed ? (fallback ?? otherwise.initializer ?? null) : null }
}

function readsFirst({ parameters, body }: TS.FunctionLikeDeclaration): boolean {
  const [first] = parameters
  if (!first || !body || parameters.length > MAX_PARAMETERS || !body.getText().includes('env[')) return false
  const name = first.name.getText()
  return some(
    body,
    (node) =>
      ts.isElementAccessExpression(node) &&
      node.expression.getText() === 'process.env' &&
      node.argumentExpression.getText() === name,
  )
}

/** Given back itself: `process.env[name] ?? fallback`, `raw ? Number(raw) : fallback`, `return fallback`. */
function standsIn(body: TS.Node, name: string): boolean {
  return some(body, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name) return false
    const { parent } = node
    if (ts.isBinaryExpression(parent)) return parent.right === node && isChoice(parent.operatorToken.kind)
    if (ts.isConditionalExpression(parent)) return parent.condition !== node
    return ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node)
  })
}

const isChoice = (kind: TS.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken
