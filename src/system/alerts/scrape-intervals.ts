/** How often Prometheus scrapes and evaluates, where it says so itself. */
import type { Facts } from '../../facts/fact.js'
import type { Configuration } from '../../knowledge/configuration.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'

/** Seconds between two scrapes of one target, of the fastest and of the slowest job; not known where no configuration says so. */
export function scrapesEvery(
  facts: Facts,
  { prometheus }: Configuration,
  { defaults }: DetectionPolicy,
): { atLeast: number; atMost: number; isKnown: boolean } {
  const servers = facts
    .of('scrape-defaults')
    .map((one) => one.scrapeIntervalSeconds ?? defaults.scrapeSeconds)
  const jobs = facts.of('scrape-job').flatMap((job) => job.scrapeIntervalSeconds ?? [])
  const declared = prometheus.scrapeInterval
  const all = declared === undefined ? [...servers, ...jobs] : [declared]
  const { scrapeSeconds } = defaults
  return all.length === 0
    ? { atLeast: scrapeSeconds, atMost: scrapeSeconds, isKnown: false }
    : { atLeast: Math.min(...all), atMost: Math.max(...all), isKnown: true }
}

/**
 * The configuration with the intervals (seconds) that prometheus.yml states; what resilience.yaml declares wins. Of several
 * servers and jobs the slowest counts, because which of them sees a component is not known, and bounds must hold for each.
 */
export function withIntervalsOf(
  facts: Facts,
  configuration: Configuration,
  policy: DetectionPolicy,
): Configuration {
  const { defaults } = policy
  const servers = facts.of('scrape-defaults')
  if (servers.length === 0) return configuration
  const evaluations = servers.map((server) => server.evaluationIntervalSeconds ?? defaults.evaluationSeconds)
  const { prometheus } = configuration
  return {
    ...configuration,
    prometheus: {
      ...prometheus,
      scrapeInterval: scrapesEvery(facts, configuration, policy).atMost,
      evaluationInterval: prometheus.evaluationInterval ?? Math.max(...evaluations),
    },
  }
}
