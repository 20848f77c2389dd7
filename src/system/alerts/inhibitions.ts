/** Inhibitions that do nothing, or the opposite of what is meant, by what is written in them alone. */
import type { Matcher } from '../../facts/alert.js'
import type { Inhibition } from '../../facts/routing.js'
import type { RoutingPolicy } from '../../knowledge/policies.js'
import { listedNames } from './alerts.js'
import { accepts } from './routed-alerts.js'

/** Null where it may act. An alert on both sides is not silenced by another one on both sides. */
export function whyItNeverActs({ sources, targets, equal, isReadable }: Inhibition): string | null {
  if (!isReadable) return null
  const different = equal.find((label) => excludeEachOther(label, sources, targets))
  if (different !== undefined)
    return `both alerts must have the same ${different}, and its matchers require different ones`
  const isMutual = sources.length > 0 && isSame(sources, targets)
  return isMutual ? 'its source and its target are the same alerts, which do not inhibit each other' : null
}

function isSame(some: Matcher[], others: Matcher[]): boolean {
  const among = (all: Matcher[], { label, operator, value }: Matcher): boolean =>
    all.some((one) => one.label === label && one.operator === operator && one.value === value)
  return some.every((one) => among(others, one)) && others.every((one) => among(some, one))
}

function excludeEachOther(label: string, some: Matcher[], others: Matcher[]): boolean {
  const [own, other] = [some, others].map((matchers) => matchers.filter((one) => one.label === label))
  return refuseEachOf(own!, other!) || refuseEachOf(other!, own!)
}

/** One side lists the values that it accepts, and the other accepts none of them. */
function refuseEachOf(listing: Matcher[], matchers: Matcher[]): boolean {
  const values = listing.map(listedNames).find((names) => names !== null)
  return values?.every((value) => matchers.some((matcher) => accepts(matcher, value) === 'no')) ?? false
}

/** What asks for a severity that wakes nobody silences what wakes somebody. */
export function isUpsideDown(
  { sources, targets }: Inhibition,
  { urgent, lessUrgent }: RoutingPolicy,
): boolean {
  const asks = (matchers: Matcher[], label: string, values: RegExp): boolean =>
    matchers.some(
      (matcher) =>
        matcher.label === label && (listedNames(matcher)?.every((one) => values.test(one)) ?? false),
    )
  return urgent.labels.some(
    (label) => asks(targets, label, urgent.values) && asks(sources, label, lessUrgent),
  )
}
