/** Conditions on one and the same series that together leave nothing: `x > 10 and x < 5`, `x > 5 unless x`. */
import { asBinary, isScalar, textOf, unwrap, type Binary, type Expression } from './expression.js'
import { constantOf } from './constants.js'
import { selectorOf } from './selectors.js'

/** Modifiers stand outside of what their selector is to the tree: with them, equal parts may mean different times. */
const MODIFIED = /@|\b(offset|anchored|smoothed)\b/i

interface Bound {
  /** What is compared, without comparisons and parentheses. */
  subject: string
  operator: string
  value: number
}

/** `x > 10` and `x < 5` as written, where no value meets both; null otherwise. */
export function exclusiveBoundsIn(binary: Binary, whole: Expression): string | null {
  const isChain = binary.isComparison && !binary.isBool
  const isPair =
    binary.operator === 'and' && (binary.matching?.labels.length ?? 0) === 0 && binary.matching?.kind !== 'on'
  if ((!isChain && !isPair) || MODIFIED.test(whole.text)) return null
  const bounds = boundsOf(whole)
  for (const [index, one] of bounds.entries()) {
    const other = bounds
      .slice(index + 1)
      .find((later) => later.subject === one.subject && excludes(one, later))
    if (other) return `${other.operator} ${other.value} and ${one.operator} ${one.value} of the same series`
  }
  return null
}

function boundsOf(expression: Expression): Bound[] {
  const binary = asBinary(unwrap(expression))
  if (!binary) return []
  if (binary.operator === 'and' && !binary.matching)
    return [...boundsOf(binary.left), ...boundsOf(binary.right)]
  if (!binary.isComparison || binary.isBool) return []
  const [left, right] = [constantOf(binary.left), constantOf(binary.right)]
  if (right === null)
    return left === null ? [] : bound(binary.right, MIRRORED[binary.operator] ?? binary.operator, left)
  return bound(binary.left, binary.operator, right)
}

function bound(side: Expression, operator: string, value: number): Bound[] {
  return [{ subject: subjectOf(side), operator, value }, ...boundsOf(side)]
}

const MIRRORED: Record<string, string> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' }

/** A comparison has the values of what it compares. */
function subjectOf(expression: Expression): string {
  let inner = expression
  for (;;) {
    if (inner.node.name === 'ParenExpr') inner = unwrap(inner)
    const binary = asBinary(inner)
    const isFilter = binary?.isComparison === true && !binary.isBool
    const next = isFilter ? [binary.left, binary.right].find((side) => constantOf(side) === null) : undefined
    if (!next) return textOf(inner).replace(/\s+/g, '')
    inner = next
  }
}

function excludes(one: Bound, other: Bound): boolean {
  return isBelow(one, other) || isBelow(other, one)
}

/** Whether all that the first permits lies below all that the second does. */
function isBelow(low: Bound, high: Bound): boolean {
  if (!['<', '<=', '=='].includes(low.operator) || !['>', '>=', '=='].includes(high.operator)) return false
  const isOpen = low.operator === '<' || high.operator === '>'
  return low.value < high.value || (isOpen && low.value === high.value)
}

/** `x{a="b"} > 5 unless x`: whatever the left side gives is taken away. */
export function takesAll({ left, right, operator }: Binary, text: string): boolean {
  if (operator !== 'unless' || MODIFIED.test(text)) return false
  const [taken, taking] = [filtered(left), parenthesised(right)]
  if (taken?.node.name !== 'VectorSelector' || taking.node.name !== 'VectorSelector') return false
  const [from, what] = [selectorOf(taken), selectorOf(taking)]
  return (
    from.metric === what.metric &&
    what.matchers.every((matcher) =>
      from.matchers.some(
        ({ label, operator: sign, value }) =>
          label === matcher.label && sign === matcher.operator && value === matcher.value,
      ),
    )
  )
}

/** What is left of a filtered expression without its filters. */
function filtered(expression: Expression): Expression | null {
  const inner = parenthesised(expression)
  const binary = asBinary(inner)
  if (!binary) return inner
  const isFilter =
    (binary.isComparison && !binary.isBool) || binary.operator === 'and' || binary.operator === 'unless'
  if (!isFilter) return null
  return filtered(isScalar(binary.left) ? binary.right : binary.left)
}

function parenthesised(expression: Expression): Expression {
  return expression.node.name === 'ParenExpr' ? parenthesised(unwrap(expression)) : expression
}
