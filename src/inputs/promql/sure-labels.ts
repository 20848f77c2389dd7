/** Labels that every element of an expression's result has, as far as its form tells; the lower bound to kept-labels. */
import {
  asBinary,
  asCall,
  isAggregation,
  isScalar,
  textOf,
  unquote,
  unwrap,
  type Binary,
  type Call,
  type Expression,
} from './expression.js'
import { wantsLabel } from './contradictions.js'
import { keptLabelsOf } from './kept-labels.js'
import { selectorOf } from './selectors.js'
import { CHOOSING } from './operations.js'

export interface SureLabels {
  labels: string[]
  /** Series that are taken for scraped ones, which have the labels of their target, unless a rule records them. */
  scraped: string[]
}

const NONE: SureLabels = { labels: [], scraped: [] }
/** Prometheus gives them to every series that it scrapes. */
export const OF_TARGETS = ['instance', 'job']
/** `instance` is lost to some: to kube-state-metrics in OpenShift, to what comes over a Pushgateway or OTLP. */
export const KEPT_OF_TARGETS = ['job']
/** Prometheus writes these itself, behind all relabelling. */
const OF_SCRAPES = /^(up|scrape_\w+)$/
/** Written by Prometheus for its rules, or by rules (`level:metric:operations`). */
const NOT_SCRAPED = /^(ALERTS|ALERTS_FOR_STATE|)$|:/

export function sureLabelsOf(expression: Expression, ofTargets = OF_TARGETS): SureLabels {
  const inner = unwrap(expression)
  if (inner.node.name === 'VectorSelector') return ofSelector(inner, ofTargets)
  const binary = asBinary(inner)
  if (binary) return ofBinary(binary, ofTargets)
  const call = asCall(inner)
  if (!call) return NONE
  return isAggregation(inner) ? ofAggregation(call, ofTargets) : ofFunction(call, inner, ofTargets)
}

function ofSelector(selector: Expression, ofTargets: string[]): SureLabels {
  const { metric, matchers } = selectorOf(selector)
  const wanted = matchers.filter(wantsLabel).map(({ label }) => label)
  if (NOT_SCRAPED.test(metric)) return { labels: wanted, scraped: [] }
  const left = (OF_SCRAPES.test(metric) ? OF_TARGETS : ofTargets).filter(
    (label) => !matchers.some((matcher) => matcher.label === label && !wantsLabel(matcher)),
  )
  return { labels: [...new Set([...wanted, ...left])], scraped: [metric] }
}

/** A label in by(...) counts: who names it means series that have it. */
function ofAggregation({ name, grouping, arguments: given }: Call, ofTargets: string[]): SureLabels {
  const vector = vectorOf(given)
  if (!vector) return NONE
  const below = sureLabelsOf(vector, ofTargets)
  if (CHOOSING.has(name)) return below
  const can = keptLabelsOf(vector)
  const added = name === 'count_values' && given[0] ? [unquote(textOf(given[0]))] : []
  if (!grouping) return { labels: added, scraped: [] }
  if (grouping.kind === 'without')
    return { labels: [...without(below.labels, grouping.labels), ...added], scraped: below.scraped }
  const kept = grouping.labels.filter((label) => can === null || can.includes(label))
  return { labels: [...kept, ...added], scraped: [] }
}

function ofFunction(call: Call, whole: Expression, ofTargets: string[]): SureLabels {
  const { name, arguments: given } = call
  if (name.startsWith('absent')) return { labels: keptLabelsOf(whole) ?? [], scraped: [] }
  const vector = vectorOf(given)
  if (!vector || name === 'vector') return NONE
  const below = sureLabelsOf(vector, ofTargets)
  if (name === 'histogram_quantile') return { ...below, labels: without(below.labels, ['le']) }
  if (name !== 'label_replace' && name !== 'label_join') return below
  return { ...below, labels: without(below.labels, given[1] ? [unquote(textOf(given[1]))] : []) }
}

function ofBinary({ left, right, operator, matching }: Binary, ofTargets: string[]): SureLabels {
  if (isScalar(left)) return sureLabelsOf(right, ofTargets)
  if (isScalar(right)) return sureLabelsOf(left, ofTargets)
  const [onLeft, onRight] = [sureLabelsOf(left, ofTargets), sureLabelsOf(right, ofTargets)]
  const scraped = [...onLeft.scraped, ...onRight.scraped]
  if (operator === 'or')
    return { labels: onLeft.labels.filter((label) => onRight.labels.includes(label)), scraped }
  if (operator === 'and' || operator === 'unless' || matching?.group === 'left') return onLeft
  if (matching?.group === 'right') return onRight
  // Of a pair, both sides have the labels that they are matched by.
  const both = [...new Set([...onLeft.labels, ...onRight.labels])]
  if (!matching) return { labels: both, scraped }
  return {
    labels:
      matching.kind === 'on'
        ? both.filter((label) => matching.labels.includes(label))
        : without(both, matching.labels),
    scraped,
  }
}

function vectorOf(given: Expression[]): Expression | undefined {
  return given.find((argument) => !isScalar(argument))
}

function without(labels: string[], dropped: string[]): string[] {
  return labels.filter((label) => !dropped.includes(label))
}
