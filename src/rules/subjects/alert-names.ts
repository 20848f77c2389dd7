/** What alerts name by labels, and whether it is there. */
import type { AlertRule } from '../../facts/alert.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import { isIdentity, listedNames, namesInAlert } from '../../system/alerts/alerts.js'
import type { ScrapeNames } from '../../system/alerts/scrape-names.js'
import type { Component } from '../../system/component.js'

/** `named`: the components that the alert names. */
export function namedFields(
  alert: AlertRule,
  named: Component[],
  scraped: ScrapeNames,
  policy: DetectionPolicy,
): object {
  const { names, patterns } = namesInAlert(alert, policy) ?? { names: [], patterns: [] }
  const isKnown = (name: string): boolean =>
    scraped.has(name) ||
    named.some((component) => component.name === name || component.aliases.includes(name))
  const unknown = names
    .filter((name) => !isKnown(name))
    .map((name) => ({ name, doubt: doubtOf(name, alert, scraped, policy) }))
  return {
    names: [...names, ...patterns],
    namePatterns: patterns,
    unknownNames: unknown.filter(({ doubt }) => doubt === null).map(({ name }) => name),
    doubtfulNames: unknown.flatMap(({ name, doubt }) => (doubt === null ? [] : [`${name}: ${doubt}`])),
  }
}

/** Where the alert names it by several labels, one that may be there is enough. */
function doubtOf(
  name: string,
  { query }: AlertRule,
  scraped: ScrapeNames,
  policy: DetectionPolicy,
): string | null {
  const labels = query.selectors
    .flatMap(({ matchers }) => matchers)
    .filter((matcher) => isIdentity(matcher, policy) && listedNames(matcher)?.includes(name))
    .map(({ label }) => label)
  const doubts = [...new Set(labels)].map((label) => scraped.doubtOf(name, label))
  return doubts.find((doubt) => doubt !== null) ?? null
}
