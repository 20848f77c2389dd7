/** How often Prometheus scrapes and evaluates, where it says so itself. */
import type { ScrapeDefaults } from '../../facts/alert.js'
import type { Facts } from '../../facts/fact.js'
import type { Configuration } from '../../knowledge/configuration.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'

/** Seconds between two scrapes of one target, of the fastest and of the slowest job; not known where no configuration says so. */
export function scrapesEvery(
  facts: Facts,
  { prometheus }: Configuration,
  { defaults }: DetectionPolicy,
): { atLeast: number; atMost: number; isKnown: boolean } {
  const servers = facts.of('scrape-defaults')
  const below = servers.map((server) => ({ server, own: intervalsBelow(server, facts) }))
  const shared = (some: typeof below): number[] =>
    some.map(({ server }) => server.scrapeIntervalSeconds ?? defaults.scrapeSeconds)
  // No job is slower than what it writes for itself; a job that was not read may still be faster.
  const used = below.filter(({ own }) => own.length === 0 || own.includes(null))
  const jobs = facts
    .of('scrape-job')
    .filter(({ byMonitors }) => !byMonitors)
    .map(({ scrapeIntervalSeconds }) => scrapeIntervalSeconds)
  const managed = managedIntervals(facts)
  const written = [...jobs, ...managed, ...below.flatMap(({ own }) => own)].filter(
    (seconds) => seconds !== null,
  )
  const declared = prometheus.scrapeInterval
  const [all, slowest] =
    declared === undefined
      ? [
          [...shared(below), ...written],
          [...shared(used), ...written],
        ]
      : [[declared], [declared]]
  const { scrapeSeconds } = defaults
  return all.length === 0
    ? { atLeast: scrapeSeconds, atMost: scrapeSeconds, isKnown: false }
    : { atLeast: Math.min(...all), atMost: Math.max(...slowest), isKnown: true }
}

/** Of the endpoints that Google's collectors scrape: each says how often, and there is no default. */
function managedIntervals(facts: Facts): (number | null)[] {
  return facts
    .of('scrape-monitor')
    .filter(({ operator }) => operator === 'google')
    .flatMap(({ endpoints }) => endpoints.map(({ intervalSeconds }) => intervalSeconds))
}

/** Of the jobs of a server, as each writes it for itself: other objects, or entries of the same file. */
function intervalsBelow({ source, byMonitors }: ScrapeDefaults, facts: Facts): (number | null)[] {
  const jobs = facts
    .of('scrape-job')
    .filter((job) => (byMonitors ? job.byMonitors : job.source.path === source.path && !job.byMonitors))
    .map(({ scrapeIntervalSeconds }) => scrapeIntervalSeconds)
  const monitors = byMonitors
    ? facts.of('scrape-monitor').filter(({ operator }) => operator !== 'google')
    : []
  return [...jobs, ...monitors.flatMap(({ endpoints }) => endpoints.map((one) => one.intervalSeconds))]
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
  const isScraped = servers.length > 0 || managedIntervals(facts).some((seconds) => seconds !== null)
  if (!isScraped) return configuration
  const evaluations = servers.map((server) => server.evaluationIntervalSeconds ?? defaults.evaluationSeconds)
  const { prometheus } = configuration
  return {
    ...configuration,
    prometheus: {
      ...prometheus,
      scrapeInterval: scrapesEvery(facts, configuration, policy).atMost,
      ...(evaluations.length > 0 && {
        evaluationInterval: prometheus.evaluationInterval ?? Math.max(...evaluations),
      }),
    },
  }
}
