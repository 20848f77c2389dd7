/** Alerts that fire when series are gone, and which series they look after. */
import type { AlertRule, Selector } from '../../facts/alert.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'

/** Selectors inside absent(), or of the health of scrape targets. */
export function watchersOfAbsence(alerts: AlertRule[], { targetHealth }: DetectionPolicy): Selector[] {
  return alerts.flatMap(({ query }) => {
    const isAbsent = query.functions.some((name) => name.startsWith('absent'))
    return query.selectors.filter((selector) => isAbsent || targetHealth.includes(selector.metric))
  })
}

/** The same metric, or the health of the same job, without a label that says otherwise. */
export function noticesAbsence(
  watcher: Selector,
  selector: Selector,
  { targetHealth }: DetectionPolicy,
): boolean {
  const shared = watcher.matchers.flatMap(({ label, operator, value }) => {
    const other = selector.matchers.find((matcher) => matcher.label === label && matcher.operator === '=')
    return other && (operator === '=' || operator === '=~')
      ? [operator === '=' ? value === other.value : value.split('|').includes(other.value)]
      : []
  })
  if (shared.includes(false)) return false
  return (
    watcher.metric === selector.metric ||
    (targetHealth.includes(watcher.metric) && (watcher.matchers.length === 0 || shared.length > 0))
  )
}
