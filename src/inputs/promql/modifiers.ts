/**
 * Modifiers of selectors: `offset`, `@`, `anchored`, `smoothed`. Prometheus binds them to the selector before them, the
 * grammar to everything before them: `a or b offset 5m > 1` would be `((a or b) offset 5m) > 1`.
 */
import type { Query } from '../../facts/alert.js'
import { parseDuration } from '../../facts/units.js'
import { asBinary, inside, type Expression } from './expression.js'
import type { SyntaxNode } from './syntax-tree.js'

type Fault = NonNullable<Query['syntaxError']>

const MODIFIERS: Record<string, string> = {
  OffsetExpr: 'offset',
  StepInvariantExpr: '@',
  AnchoredExpr: 'anchored',
  SmoothedExpr: 'smoothed',
}
const SELECTORS = new Set(['VectorSelector', 'MatrixSelector', 'SubqueryExpr'])

/** The text with blanks in the place of modifiers: its tree is the one that Prometheus sees. */
export function withoutModifiers(whole: SyntaxNode, text: string): string {
  let blanked = text
  for (const node of nodesOf(whole, Object.keys(MODIFIERS))) {
    const from = node.firstChild!.to
    blanked =
      blanked.slice(0, from) + blanked.slice(from, node.to).replace(/\S/g, ' ') + blanked.slice(node.to)
  }
  return blanked
}

/** A modifier behind something else than a selector, doubled, or before a range. */
export function modifierFaultIn(whole: SyntaxNode, text: string): Fault | null {
  for (const node of nodesOf(whole, ['OffsetExpr', 'StepInvariantExpr', 'MatrixSelector'])) {
    const { subject, modifiers } = nearestTo({ node, text })
    const message =
      node.name === 'MatrixSelector'
        ? rangeFault(modifiers)
        : placementFault(MODIFIERS[node.name]!, subject, modifiers)
    const offset = node.name === 'MatrixSelector' ? text.indexOf('[', node.firstChild!.to) : subject.node.from
    if (message !== null) return { kind: 'type', message, offset }
  }
  return null
}

function rangeFault(modifiers: string[]): string | null {
  const first = ['offset', '@'].find((modifier) => modifiers.includes(modifier))
  return first === undefined ? null : `no ${first} modifiers allowed before range`
}

function placementFault(modifier: string, subject: Expression, others: string[]): string | null {
  if (others.includes(modifier))
    return `${modifier === '@' ? '@ <timestamp>' : modifier} may not be set multiple times`
  if (SELECTORS.has(subject.node.name)) return null
  const name = modifier === '@' ? '@ modifier' : 'offset modifier'
  return `${name} must be preceded by an instant vector selector or range vector selector or a subquery`
}

/** Seconds that everything an expression looks at lies back at least, by `offset`; 0 where something is looked at as it is now. */
export function smallestOffsetIn(whole: SyntaxNode, text: string): number {
  const offsets = nodesOf(whole, ['OffsetExpr']).map((node) => ({
    of: nearestTo({ node, text }).subject.node,
    seconds: secondsOf({ node, text }),
  }))
  if (offsets.length === 0) return 0
  const selectors = nodesOf(whole, ['VectorSelector']).map(({ from, to }) =>
    offsets.filter(({ of }) => of.from <= from && to <= of.to).reduce((sum, { seconds }) => sum + seconds, 0),
  )
  return selectors.length > 0 ? Math.max(0, Math.min(...selectors)) : 0
}

/** Of a negative offset, or one that is computed, nothing is said. */
function secondsOf({ node, text }: Expression): number {
  const written = /\boffset\s+([\w.]+)\s*$/i.exec(text.slice(node.firstChild!.to, node.to))
  return (written && parseDuration(written[1]!)) ?? 0
}

/** What a modifier or a range stands behind, and the modifiers between. */
function nearestTo(modified: Expression): { subject: Expression; modifiers: string[] } {
  const modifiers: string[] = []
  let subject = inside(modified) ?? modified
  for (;;) {
    const { name } = subject.node
    const next = name === 'BinaryExpr' ? asBinary(subject)?.right : isPrefix(name) ? inside(subject) : null
    if (!next) return { subject, modifiers }
    if (Object.hasOwn(MODIFIERS, name)) modifiers.push(MODIFIERS[name]!)
    subject = next
  }
}

function isPrefix(name: string): boolean {
  return name === 'UnaryExpr' || Object.hasOwn(MODIFIERS, name)
}

function nodesOf(whole: SyntaxNode, names: string[]): SyntaxNode[] {
  const found: SyntaxNode[] = []
  whole.forEach((node) => {
    if (names.includes(node.name)) found.push(node)
  })
  return found
}
