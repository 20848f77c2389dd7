/** Conditions of alerts that no comparison writes: series that exist only while something is wrong. */
import type { AlertRule, Matcher, Query } from '../../facts/alert.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import type { Watch } from '../../system/alerts/detection.js'
import { MAX_RECORDED } from '../../system/alerts/detection-bounds.js'

type Recorded = Watch['recorded']

/** Always 1 (OpenMetrics, "Info"): what such a series says stands in its labels. */
const INFO = /_info$/

/** `statesBy`: matchers and recorded series that may be the condition, where none is written. */
export function conditionFields(
  { query }: AlertRule,
  { recorded }: Pick<Watch, 'recorded'>,
  policy: DetectionPolicy,
): { hasCondition: boolean; statesBy: string[] } {
  if (query.hasCondition || isConditional(query, recorded, policy))
    return { hasCondition: true, statesBy: [] }
  return { hasCondition: false, statesBy: isOfSeries(query) ? statesIn(query, recorded, policy) : [] }
}

/** Each series that takes part comes and goes: a rule records it under a condition, or it tells a state by its labels. */
function isConditional(query: Query, recorded: Recorded, policy: DetectionPolicy, depth = 0): boolean {
  if (query.hasCondition) return true
  if (query.selectors.length === 0 || depth > MAX_RECORDED) return false
  return query.selectors.every((selector) => {
    const by = recorded.get(selector.metric)
    if (by) return isConditional(by, recorded, policy, depth + 1)
    return (
      isOfSeries(query) && INFO.test(selector.metric) && stateMatchers(selector.matchers, policy).length > 0
    )
  })
}

/** The series as they are, aggregated perhaps: a rate or a quotient is there whenever they are. */
function isOfSeries({ windows, vectorOperations }: Query): boolean {
  return windows.length === 0 && vectorOperations.every(({ operator }) => operator === 'or')
}

function statesIn({ selectors }: Query, recorded: Recorded, policy: DetectionPolicy): string[] {
  const found = selectors.flatMap(({ metric, matchers }) => [
    ...(metric.includes(':') && !recorded.has(metric) ? [metric] : []),
    ...stateMatchers(matchers, policy).map(
      ({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`,
    ),
  ])
  return [...new Set(found)].sort()
}

function stateMatchers(matchers: Matcher[], policy: DetectionPolicy): Matcher[] {
  const ofPlaces = [
    ...policy.componentLabels,
    ...policy.instanceLabels,
    ...policy.namespaceLabels,
    ...policy.placeLabels,
  ]
  return matchers.filter(({ label }) => !ofPlaces.includes(label.replace(/^exported_/, '')))
}
