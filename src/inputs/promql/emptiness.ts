/** Parts of an expression that can give nothing, or do nothing, whatever the series are. */
import type { Flaw } from '../../facts/alert.js'
import { asBinary, asCall, isScalar, textOf, unwrap, type Binary, type Expression } from './expression.js'
import { contradictionIn } from './contradictions.js'
import { brokenJoinOf } from './joins.js'
import { keptLabelsOf } from './kept-labels.js'
import { exclusiveBoundsIn, takesAll } from './same-series.js'
import { selectorOf } from './selectors.js'

/** Why nothing can ever come of the whole; null where something may. */
export function emptyReason(expression: Expression): string | null {
  const inner = unwrap(expression)
  if (inner.node.name === 'VectorSelector') {
    const contradiction = contradictionIn(selectorOf(inner))
    return contradiction && `no series meets ${contradiction}`
  }
  const binary = asBinary(inner)
  if (binary) return emptyOperation(binary, inner)
  const call = asCall(inner)
  if (!call || call.name.startsWith('absent') || call.name === 'scalar') return null
  return firstReason(call.arguments)
}

function emptyOperation(binary: Binary, whole: Expression): string | null {
  const { left, right, operator } = binary
  if (operator === 'or') return emptyReason(left) !== null ? emptyReason(right) : null
  if (operator === 'unless')
    return (
      emptyReason(left) ??
      (takesAll(binary, whole.text) ? `${shown(right)} removes all of ${shown(left)}` : null)
    )
  return firstReason([left, right]) ?? prefixed(exclusiveBoundsIn(binary, whole))
}

function firstReason(parts: Expression[]): string | null {
  for (const part of parts) {
    const reason = emptyReason(part)
    if (reason !== null) return reason
  }
  return null
}

function prefixed(bounds: string | null): string | null {
  return bounds && `no value meets ${bounds}`
}

/** Joins that have to match and cannot, wherever they stand. */
export function brokenJoinsIn(whole: Expression): Flaw[] {
  return operationsIn(whole).flatMap((binary) =>
    binary.operator === 'unless' ? [] : (brokenJoinOf(binary) ?? []),
  )
}

/** Parts beside others that do nothing: a branch of `or` without result, an `unless` that takes nothing away. */
export function idlePartsIn(whole: Expression): Flaw[] {
  return operationsIn(whole).flatMap((binary): Flaw[] => {
    const { left, right, operator } = binary
    if (operator === 'unless') {
      const nothing = emptyReason(right)
      if (nothing !== null) return [certain(`\`unless\` removes nothing: ${nothing}`)]
      const flaw = brokenJoinOf(binary)
      return flaw ? [{ ...flaw, reason: `\`unless\` removes nothing: ${flaw.reason}` }] : []
    }
    if (operator !== 'or') return []
    const empty = [emptyReason(left), emptyReason(right)]
    if (empty[0] === null && empty[1] === null)
      return isHidden(binary)
        ? [certain(`${shown(right)} behind \`or\` never counts: the left side always returns a value`)]
        : []
    return empty.flatMap((reason, index) =>
      reason !== null && empty[1 - index] === null
        ? [certain(`one side of \`or\` returns nothing: ${reason}`)]
        : [],
    )
  })
}

/** `vector(0) or sum(x)`: what is always there, without labels, stands before what has none either. */
function isHidden({ left, right, matching }: Binary): boolean {
  const always = asCall(unwrap(left))?.name === 'vector'
  return always && !isScalar(right) && (matching?.kind === 'on' || keptLabelsOf(right)?.length === 0)
}

function certain(reason: string): Flaw {
  return { reason, scraped: [], assumed: [], isCertain: true }
}

function operationsIn({ node, text }: Expression): Binary[] {
  const found: Binary[] = []
  node.forEach((below) => {
    const binary = below.name === 'BinaryExpr' ? asBinary({ node: below, text }) : null
    if (binary) found.push(binary)
  })
  return found
}

const MAX_SHOWN = 60

function shown(expression: Expression): string {
  const text = textOf(expression).replace(/\s+/g, ' ')
  return `\`${text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}\``
}
