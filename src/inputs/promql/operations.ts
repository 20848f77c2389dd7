/** What Prometheus refuses of operations by the types of their sides, in its words. */
import type { Binary } from './expression.js'
import type { KnownType } from './functions.js'

export const SET_OPERATORS = new Set(['and', 'or', 'unless'])
/** Aggregations that choose among series and leave those as they are. */
export const CHOOSING = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio'])

export function operandFault(type: KnownType): string | null {
  return isValue(type)
    ? null
    : `binary expression must contain only scalar and instant vector types, got ${type}`
}

export function signFault(type: KnownType): string | null {
  return isValue(type)
    ? null
    : `unary expression only allowed on expressions of type scalar or instant vector, got "${type}"`
}

function isValue(type: KnownType): boolean {
  return type !== 'range vector' && type !== 'string'
}

export function operatorFault(
  { isComparison, isBool, matching }: Binary,
  left: KnownType,
  right: KnownType,
): string | null {
  if (isBool && !isComparison) return 'bool modifier can only be used on comparison operators'
  if (isComparison && !isBool && left === 'scalar' && right === 'scalar')
    return 'comparisons between scalars must use BOOL modifier'
  const twice = matching?.kind === 'on' && matching.labels.find((label) => matching.included.includes(label))
  return twice ? `label "${twice}" must not occur in ON and GROUP clause at once` : null
}

/** Which series of the two sides belong together is a question between instant vectors only. */
export function matchingFault(
  { operator, matching }: Binary,
  left: KnownType,
  right: KnownType,
): string | null {
  const isSet = SET_OPERATORS.has(operator)
  if (left === 'scalar' || right === 'scalar') {
    if (matching !== null && matching.labels.length > 0)
      return 'vector matching only allowed between instant vectors'
    return isSet ? `set operator "${operator}" not allowed in binary scalar expression` : null
  }
  return isSet && matching !== null && matching.group !== null
    ? `no grouping allowed for "${operator}" operation`
    : null
}
