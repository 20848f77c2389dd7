import { describe, expect, it } from 'vitest'
import type { AlertRouting } from '../../../src/facts/routing.js'
import type { InputFile, Reading } from '../../../src/inputs/format.js'
import alertmanager from '../../../src/inputs/formats/alertmanager.js'
import kubernetes from '../../../src/inputs/formats/kubernetes.js'

const CONTEXT = { libraries: [], prefilter: true }

function file(text: string, path = 'alerting/alertmanager.yml'): InputFile {
  return { path, text, extension: path.slice(path.lastIndexOf('.')), sha256: '' }
}

async function read(text: string, format = alertmanager): Promise<Reading> {
  return format.read(file(text), CONTEXT)
}

async function routingIn(text: string, format = alertmanager): Promise<AlertRouting> {
  const { facts } = await read(text, format)
  return facts.find((fact) => fact.fact === 'alert-routing')!
}

const CONFIGURATION = `global:
  slack_api_url: https://hooks.slack.example/T000/B000/secret
route:
  receiver: team
  group_by: [alertname]
  group_wait: 10s
  routes:
    - matchers:
        - severity="critical"
      receiver: night-shift
      group_interval: 1m
      continue: true
      mute_time_intervals: [freeze]
      routes:
        - match_re: { team: pay|orders }
    - match: { severity: info }
      receiver: nobody
receivers:
  - name: team
    slack_configs: [{ channel: '#shop' }]
  - name: night-shift
    pagerduty_configs: [{ routing_key: secret }]
    webhook_configs: [{ url: 'https://user:secret@pager.example.com/hook/secret' }]
  - name: nobody
inhibit_rules:
  - source_matchers: [severity="critical"]
    target_match: { severity: warning }
    equal: [namespace]
`

describe('a configuration of Alertmanager', () => {
  it('is recognised by what it holds, wherever it stands', () => {
    expect(alertmanager.recognises(file(CONFIGURATION, 'monitoring/config.yaml'))).toBe(true)
    expect(alertmanager.recognises(file('route: /orders\nreceivers:\n  - a\n'))).toBe(false)
    expect(alertmanager.recognises(file('route:\n  to: x\nreceivers:\n  otlp: {}\n'))).toBe(false)
    expect(
      alertmanager.recognises(file('route: # whom\n  receiver: a\nreceivers:\n\n# all\n- name: a\n')),
    ).toBe(true)
    expect(alertmanager.recognises(file('route: { receiver: a }\nreceivers: [{ name: a }]\n'))).toBe(true)
    expect(alertmanager.recognises(file(CONFIGURATION, 'docs/alerting.md'))).toBe(false)
  })

  it('gives its routes, each with what it takes from the one above', async () => {
    const { root } = await routingIn(CONFIGURATION)
    expect(root).toMatchObject({
      receiver: 'team',
      groupWaitSeconds: 10,
      groupIntervalSeconds: null,
      mutedIn: [],
    })
    const [urgent, info] = root.routes
    expect(urgent).toMatchObject({
      receiver: 'night-shift',
      source: { line: 8 },
      goesOn: true,
      groupBy: ['alertname'],
      groupWaitSeconds: 10,
      groupIntervalSeconds: 60,
      mutedIn: ['freeze'],
      matchers: [{ label: 'severity', operator: '=', value: 'critical' }],
    })
    expect(urgent!.routes).toMatchObject([
      {
        receiver: 'night-shift',
        names: false,
        groupIntervalSeconds: 60,
        mutedIn: [],
        matchers: [{ label: 'team', operator: '=~', value: 'pay|orders' }],
      },
    ])
    expect(info).toMatchObject({ receiver: 'nobody', goesOn: false })
  })

  it('keeps of receivers how and to which host they send, and nothing that is secret', async () => {
    const routing = await routingIn(CONFIGURATION)
    expect(routing.receivers.map(({ name, channels }) => [name, channels])).toEqual([
      ['team', [{ kind: 'slack', host: 'hooks.slack.example' }]],
      [
        'night-shift',
        [
          { kind: 'pagerduty', host: null },
          { kind: 'webhook', host: 'pager.example.com' },
        ],
      ],
      ['nobody', []],
    ])
    expect(JSON.stringify(routing)).not.toContain('secret')
  })

  it.each([
    ['http://notifier:3000/alerts', '/alerts', 3000],
    ['http://notifier.shop.svc/v1/alert-hooks', '/v1/alert-hooks', 80],
    ['https://notifier.shop.svc.cluster.local/alerts/9fQx2?key=secret', '/alerts/*', 443],
    ['http://notifier.shop/alerts', undefined, undefined],
    ['https://pager.example.com/alerts', undefined, undefined],
    ['notifier/alerts', undefined, undefined],
  ])('keeps path and port of a webhook inside the cluster only: %s', async (url, path, port) => {
    const text = `route: { receiver: a }\nreceivers: [{ name: a, webhook_configs: [{ url: '${url}' }] }]\n`
    const [channel] = (await routingIn(text)).receivers[0]!.channels
    expect([channel!.path, channel!.port]).toEqual([path, port])
  })

  it('gives its inhibitions in the old and the new way of writing', async () => {
    expect((await routingIn(CONFIGURATION)).inhibitions).toMatchObject([
      {
        sources: [{ label: 'severity', operator: '=', value: 'critical' }],
        targets: [{ label: 'severity', operator: '=', value: 'warning' }],
        equal: ['namespace'],
      },
    ])
  })

  it.each([
    ['a matcher that is none', '  routes: [{ matchers: [severity] }]', 'is not a matcher'],
    ['a wait that is none', '  group_wait: soon', 'is no duration'],
    ['routes that are no list', '  routes: { receiver: team }', 'expected a list'],
  ])('names %s, and reads the rest', async (_, line, message) => {
    const { facts, problems, partial } = await read(
      `route:\n  receiver: team\n${line}\nreceivers: [{ name: team }]\n`,
    )
    expect(facts).toHaveLength(1)
    expect(problems).toMatchObject([{ path: 'alerting/alertmanager.yml', line: 3 }])
    expect(problems[0]!.message).toContain(message)
    expect(partial).toBeDefined()
  })

  it('that is no YAML is broken, with its place', async () => {
    const { facts, failed, problems } = await read('route:\n  receiver: [team\nreceivers: }\n')
    expect(facts).toEqual([])
    expect(failed).toBeDefined()
    expect(problems[0]).toMatchObject({ line: expect.any(Number) })
  })

  it('that names itself ends', async () => {
    const { facts, problems } = await read(
      'route: &r { receiver: team, routes: [*r, *r] }\nreceivers: [{ name: team }]\n',
    )
    expect(facts).toHaveLength(1)
    expect(problems[0]!.message).toContain('are not read')
  })

  it('with a matcher that cannot be read does not take everything', async () => {
    const { root } = await routingIn(
      'route:\n  receiver: a\n  routes: [{ receiver: b, matchers: [nonsense] }]\nreceivers: [{ name: a }, { name: b }]\n',
    )
    expect(root.routes[0]).toMatchObject({ matchers: [], isReadable: false })
  })

  it('takes the address of all its Slack channels from its global part', async () => {
    const { receivers } = await routingIn(
      "global: { slack_api_url: 'http://chat.shop.svc/hook/secret' }\nroute: { receiver: a }\nreceivers: [{ name: a, slack_configs: [{ channel: x }] }]\n",
    )
    expect(receivers[0]!.channels).toEqual([{ kind: 'slack', host: 'chat.shop.svc' }])
  })

  it('whose routes nest without end is cut', async () => {
    const deep = (depth: number): string =>
      depth === 0 ? '{ receiver: team }' : `{ receiver: team, routes: [${deep(depth - 1)}] }`
    const { facts, problems } = await read(`route: ${deep(60)}\nreceivers: [{ name: team }]\n`)
    expect(facts).toHaveLength(1)
    expect(problems[0]!.message).toContain('inside each other, are not read')
  })
})

const indented = CONFIGURATION.replace(/^/gm, '    ')

describe('in objects of Kubernetes', () => {
  it('as a value of a ConfigMap, with the places in the file around', async () => {
    const routing = await routingIn(
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config, namespace: monitoring }\ndata:\n  alertmanager.yml: |\n${indented}`,
      kubernetes,
    )
    expect(routing).toMatchObject({
      object: 'ConfigMap monitoring/config (alertmanager.yml)',
      source: { line: 8 },
    })
    expect(routing.root.routes[0]!.source.line).toBe(13)
  })

  it('as a value of a Secret, plain or encoded, at the place of its key', async () => {
    const plain = await routingIn(
      `apiVersion: v1\nkind: Secret\nmetadata: { name: main, namespace: monitoring }\nstringData:\n  alertmanager.yaml: |\n${indented}`,
      kubernetes,
    )
    expect(plain.root.routes[0]!.source.line).toBe(13)
    const text = Buffer.from(CONFIGURATION).toString('base64')
    const encoded = await routingIn(
      `apiVersion: v1\nkind: Secret\nmetadata: { name: main, namespace: monitoring }\ndata:\n  alertmanager.yaml: ${text}\n`,
      kubernetes,
    )
    expect(encoded).toMatchObject({
      object: 'Secret monitoring/main (alertmanager.yaml)',
      source: { line: 5 },
    })
    expect(encoded.root).toMatchObject({ receiver: 'team', source: { line: 5 } })
  })

  it('as an AlertmanagerConfig, in the words of the operator', async () => {
    const routing = await routingIn(
      `apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: { name: orders, namespace: shop }
spec:
  route:
    receiver: pager
    groupWait: 20s
    routes:
      - matchers: [{ name: severity, value: critical }, { name: team, value: a|b, matchType: =~ }]
  receivers:
    - name: pager
      opsgenieConfigs: [{ apiKey: { name: keys, key: opsgenie } }]
  inhibitRules:
    - sourceMatch: [{ name: alertname, value: Down }]
      targetMatch: [{ name: severity, value: warning }]
      equal: [service]
`,
      kubernetes,
    )
    expect(routing).toMatchObject({
      object: 'AlertmanagerConfig shop/orders',
      namespace: 'shop',
      receivers: [{ name: 'pager', channels: [{ kind: 'opsgenie' }] }],
      inhibitions: [{ equal: ['service'] }],
    })
    expect(routing.root.routes[0]!.matchers).toEqual([
      { label: 'severity', operator: '=', value: 'critical' },
      { label: 'team', operator: '=~', value: 'a|b' },
    ])
  })

  it('of a Secret nothing is quoted in a problem, and no lines are shown', async () => {
    const { facts, problems } = await read(
      `apiVersion: v1\nkind: Secret\nmetadata: { name: main }\nstringData:\n  alertmanager.yaml: |\n    route:\n      receiver: team\n      group_wait: hunter2\n      matchers: [hunter2]\n    receivers:\n      - name: team\n`,
      kubernetes,
    )
    expect(JSON.stringify(problems)).not.toContain('hunter2')
    expect(problems.map(({ line }) => line).sort()).toEqual([8, 9])
    expect(facts.find(({ fact }) => fact === 'alert-routing')!.source.isConfidential).toBe(true)
  })

  it('rules in a ConfigMap are alert rules', async () => {
    const { facts, problems } = await read(
      `apiVersion: v1
kind: ConfigMap
metadata: { name: rules }
data:
  orders.rules: |
    groups:
      - name: orders
        rules:
          # resilience-report-ignore alert-for -- tried out
          - alert: OrdersDown
            expr: up{job="orders"} ==
  notes.txt: nothing
`,
      kubernetes,
    )
    const alert = facts.find((fact) => fact.fact === 'alert')!
    expect(alert).toMatchObject({
      name: 'OrdersDown',
      source: { line: 10 },
      ignores: { 'alert-for': 'tried out' },
    })
    expect(alert.query.syntaxError).not.toBeNull()
    expect(problems).toEqual([])
  })

  it('a value that is no YAML is a problem at its place', async () => {
    const { facts, problems } = await read(
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config }\ndata:\n  alertmanager.yml: |\n    route:\n      receiver: [\n    receivers:\n      - x\n`,
      kubernetes,
    )
    expect(facts.map(({ fact }) => fact)).toEqual(['config-data'])
    expect(problems[0]!.line).toBeGreaterThanOrEqual(6)
  })
})

describe('what Alertmanager refuses its configuration for', () => {
  const receivers = 'receivers: [{ name: team }]\n'
  const route = (more: string): string => `${receivers}route:\n  receiver: team\n${more}`
  const interval = (part: string): string =>
    `${receivers}route: { receiver: team }\ntime_intervals:\n  - name: n\n    time_intervals: [${part}]\n`
  const refused = async (text: string): Promise<unknown[]> =>
    (await routingIn(text)).refusals.map(({ source, doubt }) => [source.line, doubt === null])

  /** Held against amtool 0.25. */
  it.each([
    ['a first route that chooses', route('  matchers: [a="b"]\n'), 4],
    [
      'a first route that is muted',
      `${route('  mute_time_intervals: [n]\n')}time_intervals: [{ name: n }]\n`,
      4,
    ],
    ['a first route that goes on', route('  continue: true\n'), 4],
    ['a first route to nobody', `${receivers}route:\n  group_by: [a]\n`, 2],
    ['a time interval that is not there', route('  routes: [{ active_time_intervals: [x] }]\n'), 4],
    ['a label to group by twice', route('  group_by: [a, a]\n'), 4],
    ['all labels and one more', route("  group_by: ['...', a]\n"), 4],
    ['no time between two messages', route('  repeat_interval: 0s\n'), 4],
    ['a wait without unit', route('  group_wait: 30\n'), 4],
    ['a slip in a key', route('  group_wiat: 30s\n'), 4],
    ['a pattern that is none', route(`  routes: [{ matchers: ['a=~"("'] }]\n`), 4],
    ['no label', route('  routes: [{ match: { a-b: c } }]\n'), 4],
    [
      'a slip in an integration',
      'route: { receiver: a }\nreceivers:\n  - name: a\n    slack_config: []\n',
      4,
    ],
    [
      'a webhook to nowhere',
      'route: { receiver: a }\nreceivers:\n  - name: a\n    webhook_configs: [{}]\n',
      4,
    ],
    [
      'a mail server without a port',
      `${receivers}route: { receiver: team }\nglobal:\n  smtp_smarthost: localhost\n`,
      4,
    ],
    ['times around midnight', interval("{ times: [{ start_time: '22:00', end_time: '06:00' }] }"), 5],
    ['half a range', interval("{ times: [{ start_time: '22:00' }] }"), 5],
    ['a time without its zero', interval("{ times: [{ start_time: '9:00', end_time: '17:00' }] }"), 5],
    ['a weekend that ends before it starts', interval("{ weekdays: ['saturday:sunday'] }"), 5],
    ['a short day', interval('{ weekdays: [mon] }'), 5],
    ['months around the year', interval("{ months: ['december:january'] }"), 5],
    ['no such day', interval("{ days_of_month: ['32'] }"), 5],
    ['days from the end to the start', interval("{ days_of_month: ['-1:5'] }"), 5],
    ['years back', interval("{ years: ['2026:2024'] }"), 5],
    ['no such place', interval('{ location: Europe/Berlinn }'), 5],
    ['a key of a range that is not there', interval('{ weekday: [monday] }'), 5],
  ])('is %s', async (_, text, line) => {
    expect(await refused(text)).toEqual([[line, true]])
  })

  it.each([
    [
      'what is written as it should be',
      CONFIGURATION.replace('mute_time_intervals: [freeze]', 'repeat_interval: 1h'),
    ],
    [
      'ranges of all kinds',
      interval(
        "{ weekdays: ['Monday:friday'], months: ['1:3', may], days_of_month: ['1:-1'], years: ['2024:2026'], location: Europe/Berlin }",
      ),
    ],
    ['a whole day', interval("{ times: [{ start_time: '00:00', end_time: '24:00' }] }")],
    [
      'what is filled in first',
      route("  routes: [{ mute_time_intervals: ['{{ window }}'], group_wait: '${WAIT}' }]\n"),
    ],
    ['the file of another tool', `alertmanager_config: x\n${route('  group_wiat: 30s\n')}`],
  ])('is not %s', async (_, text) => {
    expect(await refused(text)).toEqual([])
  })

  it('may depend on the version', async () => {
    expect(await refused(route('  group_by: [a-b]\n'))).toEqual([[4, false]])
  })

  it('ends with routes that hold themselves', async () => {
    const text = `${receivers}route: { receiver: team, routes: [&a { routes: [&b { routes: [*a0, *a0] }] }] }\n`
    const bomb = Array.from(
      { length: 12 },
      (_, index) => `  - &r${index + 1} { routes: [*r${index}, *r${index}, *r${index}] }`,
    )
    const aliases = `${receivers}x:\n  - &r0 { group_wait: 1 }\n${bomb.join('\n')}\nroute: { receiver: team, routes: [*r12] }\n`
    expect((await read(aliases)).facts.length + (await read(text)).facts.length).toBeLessThanOrEqual(2)
  })
})

describe('a named time interval', () => {
  it.each([
    ['always', '{}'],
    ['always', "{ weekdays: ['sunday:saturday'] }"],
    ['always', "{ weekdays: ['monday:friday'] }, { weekdays: [saturday, sunday] }"],
    [
      'always',
      "{ times: [{ start_time: '00:00', end_time: '12:00' }] }, { times: [{ start_time: '12:00', end_time: '24:00' }] }",
    ],
    [
      'at times',
      "{ weekdays: ['monday:friday'] }, { weekdays: [saturday, sunday], location: Europe/Berlin }",
    ],
    ['at times', "{ weekdays: ['sunday:saturday'], months: [may] }"],
    ['at times', "{ times: [{ start_time: '00:00', end_time: '23:59' }] }"],
    ['never', ''],
    ['never', '{ months: [] }'],
    ['at times', '{ months: [] }, { weekdays: [monday] }'],
  ])('covers %s: %s', async (extent, parts) => {
    const text = `receivers: [{ name: a }]\nroute: { receiver: a }\nmute_time_intervals: [{ name: n, time_intervals: [${parts}] }]\n`
    expect((await routingIn(text)).timeIntervals).toMatchObject({ n: { extent } })
  })

  it.each([
    ['around midnight', "{ times: [{ start_time: '22:00', end_time: '06:00' }] }"],
    ['without its zero', "{ times: [{ start_time: '9:00', end_time: '17:00' }] }"],
    ['of a short day', '{ weekdays: [mon] }'],
    ['of no such month', '{ months: [13th] }'],
    ['in no such place', '{ location: Europe/Berlinn }'],
    ['beside one that is right', "{ weekdays: [monday] }, { times: [{ start_time: '9:00' }] }"],
  ])('knows nothing of the week of an interval that Alertmanager refuses: %s', async (_, parts) => {
    const text = `route: { receiver: a }\nreceivers: [{ name: a }]\ntime_intervals: [{ name: n, time_intervals: [${parts}] }]\n`
    expect((await routingIn(text)).timeIntervals).toMatchObject({ n: { extent: 'at times', week: null } })
  })
})

describe('a configuration inside of an object', () => {
  const PLAIN = `route: { receiver: team }
receivers: [{ name: team, slack_configs: [{ channel: x, api_url_file: /etc/slack }] }]
`
  const inside = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by))
  const configMap = (text: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: am, namespace: shop }\ndata:\n  alertmanager.yml: ${text}`

  it('may be written further in, and in JSON over several lines', async () => {
    const json = JSON.stringify({ route: { receiver: 'team' }, receivers: [{ name: 'team' }] }, null, 2)
    for (const text of [configMap(`|2\n${inside(PLAIN, 6)}`), configMap(`|\n${inside(json, 4)}`)])
      expect(await routingIn(text, kubernetes)).toMatchObject({
        object: 'ConfigMap shop/am (alertmanager.yml)',
        root: { receiver: 'team' },
      })
  })

  it('may be values that Flux or Argo CD install a chart with', async () => {
    const config = `alertmanager:\n  config:\n${inside(PLAIN, 4)}`
    const flux = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: mon, namespace: shop }\nspec:\n  values:\n${inside(config, 4)}`
    const argo = (values: string): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: mon, namespace: shop }\nspec:\n  source:\n    helm:\n${values}`
    for (const [text, line] of [
      [flux, 8],
      [argo(`      valuesObject:\n${inside(config, 8)}`), 10],
      [argo(`      values: |\n${inside(config, 8)}`), 10],
    ] as const)
      expect(await routingIn(text, kubernetes)).toMatchObject({
        isPart: false,
        root: { receiver: 'team', source: { line } },
        object: expect.stringMatching(/^values of (HelmRelease|Application) shop\/mon$/),
      })
    expect((await read(flux.replace(/  +route:.*\n/, ''), kubernetes)).facts).not.toMatchObject([
      { fact: 'alert-routing' },
    ])
  })
})
