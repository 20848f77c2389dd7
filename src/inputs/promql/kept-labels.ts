/** Which labels the result of an expression carries, as far as the expression alone says. */
import {
  asBinary,
  asCall,
  isScalar,
  unwrap,
  unquote,
  textOf,
  type Binary,
  type Call,
  type Expression,
} from './expression.js'
import { selectorOf } from './selectors.js'
import { CHOOSING } from './operations.js'

/** Null: whatever the series have. */
type Labels = string[] | null

/** Follows Prometheus' rules for aggregation and for vector matching (documentation, "Operators"). */
export function keptLabelsOf(expression: Expression): Labels {
  const inner = unwrap(expression)
  const binary = asBinary(inner)
  if (binary) return labelsOfBinary(binary)
  const call = asCall(inner)
  if (!call) return null
  return inner.node.name === 'AggregateExpr' ? labelsOfAggregation(call) : labelsOfFunction(call)
}

function labelsOfAggregation({ name, grouping, arguments: given }: Call): Labels {
  const below = labelsOfVector(given)
  if (CHOOSING.has(name)) return below
  const added = name === 'count_values' && given[0] ? [unquote(textOf(given[0]))] : []
  if (!grouping) return added
  if (grouping.kind === 'without') return below && distinct([...without(below, grouping.labels), ...added])
  return distinct([
    ...(below ? grouping.labels.filter((label) => below.includes(label)) : grouping.labels),
    ...added,
  ])
}

function labelsOfFunction({ name, arguments: given }: Call): Labels {
  if (name === 'vector' || given.length === 0) return []
  if (name === 'info') return null
  if (name === 'absent' || name === 'absent_over_time') return labelsOfAbsent(given)
  const below = labelsOfVector(given)
  if (below === null) return null
  if (name === 'histogram_quantile') return without(below, ['le'])
  const added =
    (name === 'label_replace' || name === 'label_join') && given[1] ? [unquote(textOf(given[1]))] : []
  return distinct([...below, ...added])
}

/** absent() makes its labels up from the selector's equality matchers. */
function labelsOfAbsent(given: Expression[]): Labels {
  const inner = given[0] && unwrap(given[0])
  if (inner?.node.name !== 'VectorSelector') return []
  return distinct(
    selectorOf(inner).matchers.flatMap(({ label, operator }) => (operator === '=' ? [label] : [])),
  )
}

function labelsOfBinary({ left, right, operator, matching }: Binary): Labels {
  if (isScalar(left)) return keptLabelsOf(right)
  if (isScalar(right)) return keptLabelsOf(left)
  const [onLeft, onRight] = [keptLabelsOf(left), keptLabelsOf(right)]
  if (operator === 'and' || operator === 'unless') return onLeft
  if (operator === 'or') return onLeft && onRight && distinct([...onLeft, ...onRight])
  if (matching?.group) {
    const many = matching.group === 'left' ? onLeft : onRight
    return many && distinct([...many, ...matching.included])
  }
  if (matching?.kind === 'on')
    return onLeft ? matching.labels.filter((label) => onLeft.includes(label)) : matching.labels
  if (matching) return onLeft && without(onLeft, matching.labels)
  return onLeft ?? onRight
}

function labelsOfVector(given: Expression[]): Labels {
  const vector = given.find((argument) => !isScalar(argument))
  return vector ? keptLabelsOf(vector) : null
}

function without(labels: string[], dropped: string[]): string[] {
  return labels.filter((label) => !dropped.includes(label))
}

function distinct(labels: string[]): string[] {
  return [...new Set(labels)]
}
