import { describe, expect, it } from 'vitest'
import type { FactKind, FactOf } from '../../../../src/facts/fact.js'
import kubernetes from '../../../../src/inputs/formats/kubernetes.js'

async function read<Kind extends FactKind>(text: string, kind: Kind) {
  const file = { path: 'k8s/monitoring.yaml', text, extension: '.yaml', sha256: '' }
  const { facts, problems } = await kubernetes.read(file, { libraries: [], prefilter: true })
  return { found: facts.filter((fact): fact is FactOf<Kind> => fact.fact === kind), problems }
}

const GOOGLE = 'apiVersion: monitoring.googleapis.com/v1'
const VICTORIA = 'apiVersion: operator.victoriametrics.com/v1beta1'

describe('PodMonitoring', () => {
  it('scrapes pods of its namespace under its own name, and copies labels of theirs', async () => {
    const { found } = await read(
      `${GOOGLE}
kind: PodMonitoring
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  endpoints:
    - { port: web, interval: 30s }
    - { port: 9090, interval: 1m }
  targetLabels:
    metadata: [pod]
    fromPod: [{ from: team }, { from: app.kubernetes.io/part-of, to: system }]
`,
      'scrape-monitor',
    )
    const writes = [
      { label: 'team', value: null },
      { label: 'system', value: null },
    ]
    expect(found).toMatchObject([
      {
        kind: 'PodMonitoring',
        selects: 'pods',
        job: 'name',
        operator: 'google',
        namespaces: null,
        selector: { labels: { app: 'cart' } },
        endpoints: [
          { port: 'web', intervalSeconds: 30, writes },
          { port: null, intervalSeconds: 60, writes },
        ],
      },
    ])
  })

  it('of the cluster looks into every namespace', async () => {
    const text = `${GOOGLE}\nkind: ClusterPodMonitoring\nmetadata: { name: all }\nspec: { selector: {}, endpoints: [{ port: web }] }\n`
    const { found } = await read(text, 'scrape-monitor')
    expect(found).toMatchObject([{ kind: 'ClusterPodMonitoring', namespaces: [] }])
  })

  it.each(['spec: { endpoints: web }', 'spec: { targetLabels: [pod] }', 'spec:', 'spec: web'])(
    'that is broken is no exception: %s',
    async (spec) => {
      const text = `${GOOGLE}\nkind: PodMonitoring\nmetadata: { name: cart }\n${spec}\n`
      expect((await read(text, 'scrape-monitor')).found).toMatchObject([{ endpoints: [] }])
    },
  )
})

describe('VMServiceScrape and VMPodScrape', () => {
  it('are read as those of the Prometheus operator, in their own spelling', async () => {
    const { found } = await read(
      `${VICTORIA}
kind: VMServiceScrape
metadata: { name: cart, namespace: shop }
spec:
  jobLabel: app
  namespaceSelector: { any: true }
  selector: { matchLabels: { app: cart } }
  endpoints: [{ port: http, scrape_interval: 15s, relabelConfigs: [{ targetLabel: tier, replacement: front }] }]
---
${VICTORIA}
kind: VMPodScrape
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  podMetricsEndpoints: [{ port: web, interval: 10s, scrape_interval: 15s }]
`,
      'scrape-monitor',
    )
    expect(found).toMatchObject([
      {
        kind: 'VMServiceScrape',
        selects: 'services',
        job: 'target',
        jobLabel: 'app',
        namespaces: [],
        endpoints: [{ port: 'http', intervalSeconds: 15, writes: [{ label: 'tier', value: 'front' }] }],
      },
      {
        kind: 'VMPodScrape',
        selects: 'pods',
        job: 'namespace and name',
        endpoints: [{ port: 'web', intervalSeconds: 15, writes: [] }],
      },
    ])
  })
})

describe('VMAlertmanagerConfig', () => {
  const config = (spec: string) =>
    `${VICTORIA}\nkind: VMAlertmanagerConfig\nmetadata: { name: orders, namespace: shop }\nspec: ${spec}\n`

  it('is a part of the routing of another operator', async () => {
    const spec =
      '{ route: { receiver: pager, matchers: [team="orders"], routes: [{ receiver: chat, continue: true }] }, receivers: [{ name: pager, pagerduty_configs: [{}] }, { name: chat, slack_configs: [{}] }] }'
    const { found, problems } = await read(config(spec), 'alert-routing')
    expect(problems).toEqual([])
    expect(found).toMatchObject([
      {
        object: 'VMAlertmanagerConfig shop/orders',
        isPart: true,
        operator: 'victoriametrics',
        root: { receiver: 'pager', routes: [{ receiver: 'chat', goesOn: true }] },
        receivers: [{ channels: [{ kind: 'pagerduty' }] }, { channels: [{ kind: 'slack' }] }],
      },
    ])
  })

  it('may only inhibit', async () => {
    const spec =
      '{ inhibit_rules: [{ source_matchers: [severity="page"], target_matchers: [severity="info"], equal: [job] }] }'
    expect((await read(config(spec), 'alert-routing')).found).toMatchObject([
      { inhibitions: [{ equal: ['job'] }] },
    ])
  })

  it.each(['{}', '[]', '{ receivers: [{ name: pager }] }'])('without a route is none: %s', async (spec) => {
    expect((await read(config(spec), 'alert-routing')).found).toEqual([])
  })
})

describe('AlertRelabelConfig', () => {
  const config = (spec: string) =>
    `apiVersion: monitoring.openshift.io/v1\nkind: AlertRelabelConfig\nmetadata: { name: watchdog }\nspec: ${spec}\n`

  it('changes alerts of the platform', async () => {
    const spec = '{ configs: [{ sourceLabels: [alertname, severity], regex: Watchdog;none, action: Drop }] }'
    expect((await read(config(spec), 'alert-relabelling')).found).toMatchObject([
      {
        forPlatform: true,
        steps: [
          { action: 'drop', labels: ['alertname', 'severity'], pattern: 'Watchdog;none', target: null },
        ],
      },
    ])
  })

  it.each(['{}', '{ configs: drop }', '{ configs: [] }'])('that says nothing is none: %s', async (spec) => {
    expect((await read(config(spec), 'alert-relabelling')).found).toEqual([])
  })
})
