import { describe, expect, it } from 'vitest'
import type { InputFile, Reading } from '../../../src/inputs/format.js'
import prometheusConfiguration from '../../../src/inputs/formats/prometheus-config.js'

const CONTEXT = { libraries: [], prefilter: true }

function file(text: string, path = 'prometheus/prometheus.yml'): InputFile {
  return { path, text, extension: path.slice(path.lastIndexOf('.')), sha256: '' }
}

async function read(text: string): Promise<Reading> {
  return prometheusConfiguration.read(file(text), CONTEXT)
}

const CONFIGURATION = `global:
  scrape_interval: 15s
  evaluation_interval: 1m30s
rule_files: [rules.yml]
scrape_configs:
  - job_name: cart
    static_configs: [{ targets: ['cart:9100'] }]
  - job_name: "blackbox-http"
    scrape_interval: 1m
    metrics_path: /probe
`

describe('a configuration of Prometheus is recognised', () => {
  it.each([
    ['a whole one', CONFIGURATION],
    ['a list that is not indented', "scrape_configs:\n- job_name: 'cart'\n"],
    ['jobs in one line', 'scrape_configs:\n  - { job_name: cart }\n'],
  ])('%s', (_, text) => {
    expect(prometheusConfiguration.recognises(file(text))).toBe(true)
  })

  it.each([
    [
      'a collector that holds one',
      'receivers:\n  prometheus:\n    config:\n      scrape_configs:\n        - job_name: cart\n',
    ],
    [
      'one inside a ConfigMap',
      'kind: ConfigMap\ndata:\n  prometheus.yml: |\n    scrape_configs:\n      - job_name: cart\n',
    ],
    ['Promtail', 'clients:\n  - url: http://loki:3100\nscrape_configs:\n  - job_name: containers\n'],
    ['rules', 'groups:\n  - name: cart\n    rules: []\n'],
  ])('but not %s', (_, text) => {
    expect(prometheusConfiguration.recognises(file(text))).toBe(false)
  })

  it('nor a file that is no YAML', () => {
    expect(prometheusConfiguration.recognises(file(CONFIGURATION, 'docs/prometheus.md'))).toBe(false)
  })
})

describe('a configuration of Prometheus', () => {
  it('gives its jobs and its intervals, each with its place', async () => {
    const { facts, problems } = await read(CONFIGURATION)
    expect(problems).toEqual([])
    expect(facts).toMatchObject([
      { fact: 'scrape-job', name: 'cart', scrapeIntervalSeconds: null, source: { line: 6 } },
      { fact: 'scrape-job', name: 'blackbox-http', scrapeIntervalSeconds: 60, source: { line: 8 } },
      { fact: 'scrape-defaults', scrapeIntervalSeconds: 15, evaluationIntervalSeconds: 90 },
    ])
  })

  it('without global states no intervals', async () => {
    const { facts } = await read('scrape_configs:\n  - job_name: cart\n')
    expect(facts.map(({ fact }) => fact)).toEqual(['scrape-job'])
  })

  it('names what is wrong with its place, and reads the rest', async () => {
    const reading = await read(
      'global: { scrape_interval: often }\nscrape_configs:\n  - metrics_path: /probe\n  - job_name: cart\n',
    )
    expect(reading.facts).toMatchObject([
      { fact: 'scrape-job', name: 'cart' },
      { fact: 'scrape-defaults', scrapeIntervalSeconds: null },
    ])
    expect(reading.problems).toMatchObject([
      { line: 3, message: expect.stringContaining('without job_name') },
      { line: 1, message: 'scrape_interval: "often" is no duration; write 30s, 5m or 1h' },
    ])
    expect(reading.partial).toBeDefined()
  })

  it.each([
    ['no list', 'scrape_configs: { job_name: cart }\n'],
    ['entries that are no mappings', 'scrape_configs: [cart, null]\n# job_name: x\n'],
  ])('with %s gives problems and no jobs', async (_, text) => {
    const { facts, problems } = await read(text)
    expect(facts).toEqual([])
    expect(problems).not.toEqual([])
  })

  it('that is no YAML has failed', async () => {
    const { facts, failed } = await read('scrape_configs:\n  - job_name: [cart\n')
    expect(facts).toEqual([])
    expect(failed).toBeDefined()
  })
})

describe('what it does to alerts', () => {
  it('is read with the defaults of Prometheus', async () => {
    const { facts, problems } = await read(`${CONFIGURATION}alerting:
  alert_relabel_configs:
    - { source_labels: [severity, team], separator: /, regex: info/.*, action: Drop }
    - { target_label: cluster, replacement: eu }
    - { regex: replica, action: labeldrop }
`)
    expect(problems).toEqual([])
    expect(facts.find(({ fact }) => fact === 'alert-relabelling')).toMatchObject({
      steps: [
        { action: 'drop', labels: ['severity', 'team'], separator: '/', pattern: 'info/.*', target: null },
        { action: 'replace', labels: [], separator: ';', pattern: '(.*)', target: 'cluster' },
        { action: 'labeldrop', pattern: 'replica', source: { line: 15 } },
      ],
    })
  })

  it('is nothing where nothing is written', async () => {
    const { facts } = await read(`${CONFIGURATION}alerting: { alert_relabel_configs: [] }\n`)
    expect(facts.some(({ fact }) => fact === 'alert-relabelling')).toBe(false)
  })
})
