/** Operations between two vectors of which one side has a label to be matched by, and the other one cannot have it. */
import type { Flaw } from '../../facts/alert.js'
import { isScalar, type Binary } from './expression.js'
import { keptLabelsOf } from './kept-labels.js'
import { KEPT_OF_TARGETS, OF_TARGETS, sureLabelsOf } from './sure-labels.js'

export function brokenJoinOf(binary: Binary): Flaw | null {
  if (binary.operator === 'or' || isScalar(binary.left) || isScalar(binary.right)) return null
  return lackingOn('right', binary) ?? lackingOn('left', binary)
}

/** A label in on(...) counts for the side that may have it: who names it means series that do. */
function lackingOn(side: 'left' | 'right', { left, right, operator, matching }: Binary): Flaw | null {
  const [lacking, other] = side === 'right' ? [right, left] : [left, right]
  const can = keptLabelsOf(lacking)
  if (can === null) return null
  const sure = sureLabelsOf(other)
  const others = keptLabelsOf(other)
  const isNamed = matching?.kind === 'on'
  const needed = isNamed
    ? matching.labels.filter((label) => others === null || others.includes(label))
    : sure.labels.filter((label) => !matching?.labels.includes(label))
  const missing = needed.filter((label) => !can.includes(label)).sort()
  if (missing.length === 0) return null
  const kept = isNamed ? missing : sureLabelsOf(other, KEPT_OF_TARGETS).labels
  const by = isNamed ? `on(${matching.labels.join(', ')})` : 'by all labels that both sides have'
  return {
    reason: `\`${operator}\` matches ${by}, and its ${side} side has no ${missing.join(', ')}`,
    scraped: missing.every((label) => OF_TARGETS.includes(label)) ? sure.scraped : [],
    assumed: missing.some((label) => kept.includes(label)) ? [] : missing,
    isCertain: missing.some((label) => sure.labels.includes(label) && !OF_TARGETS.includes(label)),
  }
}
