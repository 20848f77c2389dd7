import { describe, expect, it } from 'vitest'
import type { ScrapeDefaults, ScrapeJob } from '../../../src/facts/alert.js'
import type { ScrapeMonitor } from '../../../src/facts/scrape-monitor.js'
import { Facts } from '../../../src/facts/fact.js'
import { withIntervalsOf } from '../../../src/system/alerts/scrape-intervals.js'
import { at, configured, policies } from '../facts.js'

function server(path: string, scrape: number | null, evaluation: number | null): ScrapeDefaults {
  return {
    fact: 'scrape-defaults',
    externalLabels: [],
    source: at(path),
    scrapeIntervalSeconds: scrape,
    evaluationIntervalSeconds: evaluation,
  }
}

function intervals(servers: (ScrapeDefaults | ScrapeJob | ScrapeMonitor)[], declared = {}): object {
  return withIntervalsOf(new Facts(servers), configured({ prometheus: declared }), policies.detection)
    .prometheus
}

describe('how often Prometheus scrapes and evaluates', () => {
  it('is what its configuration says', () => {
    expect(intervals([server('a.yml', 15, 30)])).toEqual({ scrapeInterval: 15, evaluationInterval: 30 })
  })

  it('is what resilience.yaml says, where it says so', () => {
    const declared = { scrapeInterval: '5s' }
    expect(intervals([server('a.yml', 15, 30)], declared)).toEqual({
      scrapeInterval: 5,
      evaluationInterval: 30,
    })
  })

  it('is that of the slowest of several, of which one may leave it to the default of 1m', () => {
    expect(intervals([server('a.yml', 15, 30), server('b.yml', 20, null)])).toEqual({
      scrapeInterval: 20,
      evaluationInterval: 60,
    })
  })

  it('is that of a job which is scraped less often', () => {
    const job: ScrapeJob = {
      fact: 'scrape-job',
      writes: [],
      source: at('a.yml', 9),
      name: 'nightly',
      scrapeIntervalSeconds: 300,
    }
    expect(intervals([server('a.yml', 15, 30), job])).toMatchObject({ scrapeInterval: 300 })
  })

  it('is no slower than what every job of a server writes for itself', () => {
    const job: ScrapeJob = {
      fact: 'scrape-job',
      writes: [],
      source: at('a.yml', 9),
      name: 'cart',
      scrapeIntervalSeconds: 5,
    }
    expect(intervals([server('a.yml', 60, 30), job])).toMatchObject({ scrapeInterval: 5 })
    const other: ScrapeJob = { ...job, name: 'orders', scrapeIntervalSeconds: null }
    expect(intervals([server('a.yml', 60, 30), job, other])).toMatchObject({ scrapeInterval: 60 })
  })

  it('is what each endpoint says that Google Managed Prometheus scrapes', () => {
    const endpoint = { port: 'web', targetPort: null, writes: [], source: at('m.yaml', 7) }
    const monitor = (operator: ScrapeMonitor['operator'], intervalSeconds: number | null): ScrapeMonitor => ({
      fact: 'scrape-monitor',
      source: at('m.yaml'),
      id: 'shop/PodMonitoring/cart',
      apiVersion: 'monitoring.googleapis.com/v1',
      kind: 'PodMonitoring',
      name: 'cart',
      namespace: 'shop',
      labels: {},
      at: {},
      ignores: {},
      fragment: false,
      selects: 'pods',
      job: 'name',
      operator,
      selector: null,
      namespaces: null,
      endpoints: [{ ...endpoint, intervalSeconds }],
      jobLabel: null,
    })
    expect(intervals([monitor('google', 30), monitor('google', 90)])).toEqual({ scrapeInterval: 90 })
    expect(intervals([monitor('google', null)])).toEqual({})
    expect(intervals([monitor('prometheus', 30)])).toEqual({})
  })

  it('is not told by a ScrapeConfig of a server that was not read', () => {
    const job: ScrapeJob = {
      fact: 'scrape-job',
      byMonitors: true,
      writes: [],
      source: at('a.yml', 9),
      name: 'disks',
      scrapeIntervalSeconds: 120,
    }
    expect(intervals([job])).toEqual({})
    expect(intervals([{ ...server('b.yml', 30, 30), byMonitors: true }, job])).toMatchObject({
      scrapeInterval: 120,
    })
  })

  it('stays open where no configuration was read', () => {
    expect(intervals([])).toEqual({})
  })
})
