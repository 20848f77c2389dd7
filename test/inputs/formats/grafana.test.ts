import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlertRule, RecordingRule, RuleGroup } from '../../../src/facts/alert.js'
import type { AlertRouting } from '../../../src/facts/routing.js'
import type { InputFile, Linking, Reading } from '../../../src/inputs/format.js'
import grafana from '../../../src/inputs/formats/grafana.js'
import kubernetes from '../../../src/inputs/formats/kubernetes.js'
import prometheus from '../../../src/inputs/formats/prometheus.js'
import { refusalOf } from '../../../src/inputs/other-kinds.js'

const CONTEXT = { libraries: [], prefilter: true }

function file(text: string, path = 'provisioning/alerting/rules.yaml'): InputFile {
  return { path, text, extension: path.slice(path.lastIndexOf('.')), sha256: '' }
}

async function read(text: string, path?: string): Promise<Reading> {
  return grafana.read(file(text, path), CONTEXT)
}

async function link(...files: InputFile[]): Promise<Linking> {
  const read = await Promise.all(
    files.map(async (one) => ({ ...one, reading: await grafana.read(one, CONTEXT) })),
  )
  return grafana.link!(read, CONTEXT)
}

function alertsOf({ facts }: Reading): AlertRule[] {
  return facts.filter((fact) => fact.fact === 'alert')
}

async function alertOf(text: string): Promise<AlertRule> {
  return alertsOf(await read(text))[0]!
}

const QUERY = { refId: 'A', datasourceUid: 'prom', model: { expr: 'up{job="cart"}', instant: true } }
const THRESHOLD = expressionOf('C', { type: 'threshold', expression: 'A', conditions: [evaluator('lt', 1)] })

function evaluator(type: string, ...params: number[]): object {
  return { evaluator: { type, params } }
}

function expressionOf(refId: string, model: object): object {
  return { refId, datasourceUid: '__expr__', model: { refId, ...model } }
}

/** JSON is YAML too. */
function provisioned(data: object[], rule: object = {}): string {
  const whole = { uid: 'a1', title: 'CartDown', condition: 'C', data, ...rule }
  return JSON.stringify({
    apiVersion: 1,
    groups: [{ orgId: 1, name: 'cart', folder: 'Shop', interval: '1m', rules: [whole] }],
  })
}

async function conditionOf(...data: object[]): Promise<string> {
  const { expression, query } = await alertOf(provisioned(data))
  return query.syntaxError === null ? expression : `${query.syntaxError.kind}: ${query.syntaxError.message}`
}

const RULES = `apiVersion: 1
groups:
  - orgId: 1
    name: cart
    folder: Shop
    interval: 30s
    rules:
      - uid: a1
        title: CartDown
        condition: C
        data:
          - refId: A
            relativeTimeRange: { from: 660, to: 60 }
            datasourceUid: prom
            model:
              expr: up{job="cart"}
              instant: true
          - refId: C
            datasourceUid: __expr__
            model:
              type: threshold
              expression: A
              conditions:
                - evaluator: { type: lt, params: [1] }
        noDataState: Alerting
        for: 2m
        keepFiringFor: 5m
        labels: { severity: critical }
        annotations:
          summary: '{{ $labels.instance }} of {{ $values.A }}'
        notification_settings:
          receiver: night-shift
          group_wait: 10s
`

describe('files that Grafana provisions from are recognised', () => {
  it.each([
    ['rules', RULES],
    ['rules in JSON', provisioned([QUERY, THRESHOLD])],
    ['rules in indented JSON', JSON.stringify(JSON.parse(provisioned([QUERY, THRESHOLD])), null, 2)],
    ['contact points', 'apiVersion: 1\ncontactPoints:\n  - name: a\n'],
    ['policies', 'apiVersion: 1\npolicies:\n  - receiver: a\n'],
    ['data sources', 'apiVersion: 1\ndatasources:\n  - { uid: a, type: loki }\n'],
  ])('%s', (_, text) => {
    expect(grafana.recognises(file(text))).toBe(true)
    expect(prometheus.recognises(file(text))).toBe(false)
  })

  it.each([
    ['rules of Prometheus', 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up == 0\n'],
    ['an object of Kubernetes', 'apiVersion: v1\nkind: ConfigMap\ndata: {}\n'],
    ['dashboards', 'apiVersion: 1\nproviders:\n  - name: a\n'],
    ['policies of something else', 'policies:\n  - receiver: a\n'],
  ])('%s are not', (_, text) => {
    expect(grafana.recognises(file(text))).toBe(false)
  })

  it('what is left of them is named as what it is', () => {
    const text = 'apiVersion: 1\ngroups:\n  - name: a\n    rules: []\n'
    expect(refusalOf(file(text))).toEqual({
      skipped: 'no known kind of evidence: Grafana provisioning',
      skippedAs: 'no-known-kind',
    })
  })
})

describe('a rule', () => {
  it('is an alert with its condition as PromQL, its waits and where it is sent', async () => {
    const reading = await read(RULES)
    const [alert] = alertsOf(reading)
    expect(reading.problems).toEqual([])
    expect(alert).toMatchObject({
      name: 'CartDown',
      group: 'cart',
      intervalSeconds: 30,
      expression: '(up{job="cart"}) < 1',
      forSeconds: 120,
      keepFiringForSeconds: 300,
      queryOffsetSeconds: 60,
      labels: { severity: 'critical' },
      grafana: { org: '1', withoutData: 'fires', route: { receiver: 'night-shift', groupWaitSeconds: 10 } },
    })
    expect(alert!.query.threshold).toMatchObject({ operator: '<', value: 1 })
    expect(alert!.at).toMatchObject({ expr: { line: 16 }, for: { line: 26 }, labels: { line: 28 } })
    expect(alert!.templates.annotations.summary).toMatchObject({
      error: null,
      notJudged: null,
      labels: ['instance'],
    })
  })

  it('belongs to a group that no Prometheus refuses', async () => {
    const groups = (await read(RULES)).facts.filter((fact): fact is RuleGroup => fact.fact === 'rule-group')
    expect(groups).toMatchObject([{ name: 'cart', holder: 'Grafana', refusals: [], alerts: ['CartDown'] }])
  })

  it.each([
    [{}, 'notifies'],
    [{ noDataState: 'NoData' }, 'notifies'],
    [{ noDataState: 'OK' }, 'silent'],
    [{ noDataState: 'KeepLast' }, 'silent'],
    [{ noDataState: 'Alerting' }, 'fires'],
  ])('with %o and no data %s', async (rule, expected) => {
    const alert = await alertOf(provisioned([QUERY, THRESHOLD], rule))
    expect(alert.grafana!.withoutData).toBe(expected)
  })

  it('that is paused is none, which is no loss', async () => {
    const reading = await read(provisioned([QUERY, THRESHOLD], { isPaused: true }))
    expect(reading).toEqual({
      facts: [],
      problems: [],
      skipped: 'its alert rules are paused, so that nothing evaluates them: CartDown',
    })
  })

  it('that records is a recording', async () => {
    const text = provisioned([QUERY], { record: { metric: 'job:up:sum', from: 'A' } })
    const recorded = (await read(text)).facts.filter((one): one is RecordingRule => one.fact === 'recording')
    expect(recorded).toMatchObject([{ name: 'job:up:sum', expression: 'up{job="cart"}' }])
  })

  it('without a title is a problem', async () => {
    const { facts, problems } = await read(provisioned([QUERY, THRESHOLD], { title: '' }))
    expect(facts.filter(({ fact }) => fact === 'alert')).toEqual([])
    expect(problems[0]!.message).toBe('an alert rule without title: name it, or Grafana refuses the file')
  })
})

describe('a condition', () => {
  const range = { ...QUERY, model: { expr: 'x', range: true } }
  const reduce = (reducer: string, settings = {}): object =>
    expressionOf('B', { type: 'reduce', expression: 'A', reducer, settings })
  const above = (expression: string): object =>
    expressionOf('C', { type: 'threshold', expression, conditions: [evaluator('gt', 5)] })
  const math = (expression: string): object => expressionOf('C', { type: 'math', expression })
  const classic = (...conditions: object[]): object =>
    expressionOf('C', { type: 'classic_conditions', conditions })
  const classicOne = { ...evaluator('gt', 5), query: { params: ['A'] }, reducer: { type: 'last' } }
  const bounds = (type: string): object =>
    expressionOf('C', { type: 'threshold', expression: 'A', conditions: [evaluator(type, 1, 5)] })

  it.each<[string, object[], string]>([
    ['of a single value', [QUERY, above('A')], '(up{job="cart"}) > 5'],
    ['through any reduction of single values', [QUERY, reduce('mean'), above('B')], '(up{job="cart"}) > 5'],
    ['of the last of a range', [range, reduce('last'), above('B')], '(x) > 5'],
    ['within bounds', [QUERY, bounds('within_range')], '((up{job="cart"}) > 1) < 5'],
    ['outside of bounds', [QUERY, bounds('outside_range')], '(up{job="cart"}) < 1 or (up{job="cart"}) > 5'],
    ['by a comparison in mathematics', [QUERY, math('$A >= 0.5')], '(up{job="cart"}) >= 0.5'],
    ['that is the query itself', [{ ...QUERY, refId: 'C' }], '(up{job="cart"}) != 0'],
    ['of one classic condition', [range, classic(classicOne)], '(x) > 5'],
    [
      'of what Grafana imported from Prometheus',
      [
        QUERY,
        expressionOf('M', { type: 'math', expression: 'is_number($A) || is_nan($A) || is_inf($A)' }),
        expressionOf('C', { type: 'threshold', expression: 'M', conditions: [evaluator('gt', 0)] }),
      ],
      'up{job="cart"}',
    ],
  ])('%s is PromQL', async (_, data, expected) => {
    expect(await conditionOf(...data)).toBe(expected)
  })

  it.each<[string, object[], string]>([
    ['a mean', [range, reduce('mean'), above('B')], 'it takes the mean of a range query'],
    [
      'values that are replaced',
      [range, reduce('last', { mode: 'replaceNN' }), above('B')],
      'it replaces what is not a number by a number',
    ],
    ['a range that nothing reduces', [range, above('A')], 'nothing reduces the range query of its condition'],
    ['mathematics', [QUERY, math('$A / 2 > 1')], 'its condition is computed by a math expression'],
    ['SQL', [expressionOf('C', { type: 'sql' })], 'its condition is computed by an expression of type sql'],
    ['several conditions', [range, classic(classicOne, classicOne)], 'it has several classic conditions'],
    ['no such query', [], 'it names C, which is none of its queries'],
    ['a circle', [above('C')], 'its expressions stand on each other'],
    [
      'a data source that says it is another',
      [{ ...QUERY, model: { expr: 'x', datasource: { type: 'loki' } } }, above('A')],
      'it queries a data source of type loki, not PromQL',
    ],
    [
      'LogQL',
      [{ ...QUERY, model: { expr: 'count_over_time({app="a"} |= "x" [5m])', instant: true } }, above('A')],
      'its query is LogQL or TraceQL, not PromQL',
    ],
    [
      'SQL of a data source',
      [{ ...QUERY, model: { rawSql: 'SELECT 1' } }, above('A')],
      'its query is not PromQL',
    ],
    [
      'a variable of Grafana',
      [{ ...QUERY, model: { expr: 'rate(x[$__rate_interval])', instant: true } }, above('A')],
      'Grafana fills in $__rate_interval before it queries',
    ],
    [
      'what Prometheus refuses',
      [{ ...QUERY, model: { expr: 'sum(', instant: true } }, above('A')],
      'Prometheus itself would refuse the query: ',
    ],
  ])('with %s is not analysed', async (_, data, why) => {
    const text = await conditionOf(...data)
    expect(text.startsWith(`not-analysed: ${why}`)).toBe(true)
  })

  it('of a classic condition has no labels of its series', async () => {
    const alert = await alertOf(provisioned([range, classic(classicOne)]))
    expect(alert.query.keptLabels).toEqual([])
  })

  it('that ends with a comment keeps its bracket', async () => {
    const commented = { ...QUERY, model: { expr: 'up # all', instant: true } }
    expect(await conditionOf(commented, above('A'))).toBe('(up # all\n) > 5')
  })

  it('whatever it is, never throws and never is a syntax error', async () => {
    const words = fc.constantFrom(
      'A',
      'B',
      'C',
      '$A',
      'threshold',
      'reduce',
      'math',
      'gt',
      'last',
      '__expr__',
      'up',
      '',
    )
    const value = fc.oneof(words, fc.integer(), fc.constant(null))
    const model = fc.dictionary(
      fc.constantFrom('type', 'expression', 'reducer', 'expr', 'conditions', 'instant'),
      value,
    )
    const item = fc.record({ refId: words, datasourceUid: words, model })
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 4 }), async (data) => {
        for (const { query } of alertsOf(await read(provisioned(data))))
          expect([undefined, 'not-analysed']).toContain(query.syntaxError?.kind)
      }),
      { numRuns: 100 },
    )
  })
})

describe('files are read together', () => {
  const sources = (type: string): InputFile =>
    file(
      `apiVersion: 1\ndatasources:\n  - { uid: prom, type: ${type} }\n`,
      'provisioning/datasources/all.yaml',
    )

  it('a data source tells the language of a query', async () => {
    const { revised } = await link(file(RULES), sources('loki'))
    const [alert] = alertsOf(revised!.get('provisioning/alerting/rules.yaml')!)
    expect(alert!.query.syntaxError).toMatchObject({
      kind: 'not-analysed',
      message: 'it queries a data source of type loki, not PromQL',
    })
    const asPrometheus = await link(file(RULES), sources('prometheus'))
    const [same] = alertsOf(asPrometheus.revised!.get('provisioning/alerting/rules.yaml')!)
    expect(same!.query.syntaxError).toBeNull()
  })

  it('policies route to contact points of other files', async () => {
    const policies = `apiVersion: 1
policies:
  - receiver: team
    group_wait: 1m
    routes:
      - receiver: night-shift
        object_matchers: [[severity, =, critical]]
        mute_time_intervals: [never]
      - receiver: team
        matchers: ['team = cart', 'x']
`
    const points = `apiVersion: 1
contactPoints:
  - name: night-shift
    receivers:
      - { uid: a, type: pagerduty, settings: { integrationKey: secret } }
      - { uid: b, type: webhook, settings: { url: http://notifier/alerts } }
  - { name: team, receivers: [{ type: slack, settings: { url: https://hooks.slack.com/x } }] }
muteTimes:
  - { name: never, time_intervals: [] }
`
    const { facts } = await link(
      file(policies, 'provisioning/alerting/policies.yaml'),
      file(points, 'provisioning/alerting/points.yaml'),
    )
    const [routing] = facts as AlertRouting[]
    expect(facts).toHaveLength(1)
    expect(routing).toMatchObject({
      grafanaOrg: '1',
      root: {
        receiver: 'team',
        groupWaitSeconds: 60,
        routes: [
          { receiver: 'night-shift', matchers: [{ label: 'severity', operator: '=', value: 'critical' }] },
          { receiver: 'team', isReadable: false },
        ],
      },
      receivers: [
        {
          name: 'night-shift',
          channels: [
            { kind: 'pagerduty', host: null },
            { kind: 'webhook', host: 'notifier', path: '/alerts', port: 80 },
          ],
        },
        { name: 'team', channels: [{ kind: 'slack', host: 'hooks.slack.com' }] },
      ],
      timeIntervals: { never: { extent: 'never' } },
    })
    expect(JSON.stringify(facts)).not.toContain('secret')
  })

  it('without policies no routing is made', async () => {
    const { facts } = await link(file('apiVersion: 1\ncontactPoints:\n  - name: a\n'))
    expect(facts).toEqual([])
  })
})

describe('objects', () => {
  const indented = (text: string, spaces: number): string => text.replace(/^(?=.)/gm, ' '.repeat(spaces))

  it('of the operator of Grafana are groups', async () => {
    const group = RULES.split('\n').slice(6).join('\n')
    const text = `apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaAlertRuleGroup
metadata: { name: cart, namespace: shop }
spec:
  interval: 30s
${group.replace(/^ {2}/gm, '')}`
    const reading = await kubernetes.read(file(text, 'cart.yaml'), CONTEXT)
    expect(alertsOf(reading)).toMatchObject([{ name: 'CartDown', expression: '(up{job="cart"}) < 1' }])
  })

  it('ConfigMaps may hold files of rules', async () => {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  rules.yaml: |\n${indented(RULES, 4)}`
    const reading = await kubernetes.read(file(text, 'map.yaml'), CONTEXT)
    expect(alertsOf(reading)).toMatchObject([{ name: 'CartDown', at: { for: { line: 31 } } }])
  })
})

describe('a broken file', () => {
  it('fails with its place', async () => {
    const reading = await read('groups: [\n  datasourceUid: a\n  condition: b\n')
    expect(reading.facts).toEqual([])
    expect(reading.failed ?? reading.partial).toBeDefined()
  })

  it('with wrong types is partly read', async () => {
    const reading = await read(
      provisioned([QUERY, THRESHOLD], { for: 'soon', noDataState: 'Maybe', labels: [] }),
    )
    expect(alertsOf(reading)).toHaveLength(1)
    expect(reading.problems.map(({ message }) => message)).toEqual([
      'groups.0.rules.0.labels: expected a mapping, found a list',
      'for: "soon" is no duration; write 30s, 5m or 1h',
      'noDataState: "Maybe" is none of Alerting, NoData, OK, KeepLast; Grafana refuses the file',
    ])
  })
})
