import { describe, expect, it } from 'vitest'
import type { AlertFact, AlertRule, Query } from '../../../src/facts/alert.js'
import type { Fact } from '../../../src/facts/fact.js'
import type { InputFile, Reading } from '../../../src/inputs/format.js'
import prometheus from '../../../src/inputs/formats/prometheus.js'
import { parseQuery } from '../../../src/inputs/promql/query.js'

const CONTEXT = { libraries: [], prefilter: true }

function file(text: string, path = 'alerts/rules.yaml'): InputFile {
  return { path, text, extension: path.slice(path.lastIndexOf('.')), sha256: '' }
}

async function read(text: string): Promise<Reading> {
  return prometheus.read(file(text), CONTEXT)
}

/** Without the groups that they stand in. */
const rulesIn = (facts: Fact[]): Fact[] => facts.filter(({ fact }) => fact !== 'rule-group')

const isAlert = (fact: Fact | AlertFact): fact is AlertRule => fact.fact === 'alert'

const RULES = `groups:
  - name: cart
    interval: 30s
    rules:
      # resilience-report-ignore alert-runbook -- written next week
      # resilience-report-ignore alert-for
      - alert: CartErrors
        expr: |
          sum by (job) (rate(http_requests_total{job="cart", status=~"5.."}[5m]))
            > 0.05
        for: 1m30s
        keep_firing_for: 5m
        labels: { severity: critical, tier: 1 }
        annotations:
          summary: Cart fails
      - record: job:errors:rate5m
        expr: sum by (job) (rate(errors_total[5m]))
  - name: other
    rules:
      - alert: CartErrors
        expr: up{job="cart"} == 0
`

describe('rule files', () => {
  it('give alerts and recording rules with their places', async () => {
    const { facts, problems } = await read(RULES)
    expect(problems).toEqual([])
    expect(facts.filter(({ fact }) => fact === 'rule-group')).toMatchObject([
      {
        name: 'cart',
        source: { line: 2 },
        intervalSeconds: 30,
        alerts: ['CartErrors'],
        records: ['job:errors:rate5m'],
      },
      { name: 'other', namedBefore: null, intervalSeconds: null, alerts: ['CartErrors'], records: [] },
    ])
    expect(rulesIn(facts)).toMatchObject([
      {
        fact: 'alert',
        source: { path: 'alerts/rules.yaml', line: 7, column: 9, endLine: 15 },
        at: {
          expr: { line: 8, endLine: 10 },
          for: { line: 11 },
          labels: { line: 13 },
          annotations: { line: 14, endLine: 15 },
        },
        name: 'CartErrors',
        group: 'cart',
        intervalSeconds: 30,
        forSeconds: 90,
        forWritten: true,
        keepFiringForSeconds: 300,
        labels: { severity: 'critical', tier: '1' },
        annotations: { summary: 'Cart fails' },
        ignores: { 'alert-runbook': 'written next week', 'alert-for': '' },
      },
      { fact: 'recording', name: 'job:errors:rate5m', source: { line: 16 }, query: { keptLabels: ['job'] } },
      {
        fact: 'alert',
        name: 'CartErrors',
        group: 'other',
        intervalSeconds: null,
        forSeconds: 0,
        forWritten: false,
        ignores: {},
      },
    ])
  })

  it('may be PrometheusRule objects', async () => {
    const indented = RULES.split('\n')
      .map((line) => `  ${line}`)
      .join('\n')
    const text = `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: cart}\nspec:\n${indented}`
    expect(prometheus.recognises(file(text))).toBe(true)
    expect((await read(text)).facts.filter(isAlert).map((alert) => [alert.name, alert.source.line])).toEqual([
      ['CartErrors', 11],
      ['CartErrors', 24],
    ])
  })

  it.each([
    [true, 'rules', RULES, 'a.yml'],
    [
      true,
      'rules in JSON',
      '{\n  "groups": [{ "name": "g", "rules": [\n{ "record": "a", "expr": "b" }]}]}',
      'a.json',
    ],
    [true, 'rules in one line', 'groups: [{ name: g, rules: [{ alert: A, expr: up == 0 }] }]\n', 'a.yaml'],
    [true, 'a file named after what is in it', RULES, 'first.rules'],
    [false, 'rules of something else', 'service cloud.firestore { match /a { allow read; } }\n', 'a.rules'],
    [false, 'groups of something else', 'groups:\n  - name: admins\n    members: [a]\n', 'a.yaml'],
    [false, 'groups without rules', 'groups: []\n', 'a.yaml'],
    [false, 'code', RULES, 'a.ts'],
  ])('recognised: %s for %s', (expected, _, text, path) => {
    expect(prometheus.recognises(file(text, path))).toBe(expected)
  })

  it('of Loki and Tempo are skipped, and a group of theirs beside others is left out', async () => {
    const group = (name: string, expr: string): string =>
      `  - name: ${name}\n    rules:\n      - alert: A\n        expr: '${expr}'\n`
    const loki = group('loki', 'sum(rate({app="cart"} |= "error" [5m])) > 1')
    expect(await read(`groups:\n${loki}`)).toMatchObject({
      facts: [],
      skipped: 'Loki or Tempo rules: not PromQL',
    })
    expect((await read(`groups:\n${group('tempo', '{ status = error } | rate() > 1')}`)).skipped).toBe(
      'Loki or Tempo rules: not PromQL',
    )
    // What only Prometheus refuses, by a type, is no other language.
    const typed = await read(`groups:\n${group('typed', 'up{job="cart"} != up[5m]')}`)
    expect(rulesIn(typed.facts)).toMatchObject([{ query: { syntaxError: { kind: 'type' } } }])
    const mixed = await read(`groups:\n${loki}${group('metrics', 'up == 0')}`)
    expect(rulesIn(mixed.facts)).toHaveLength(1)
    expect(mixed.partial).toBe('1 groups of Loki or Tempo rules are not PromQL')
  })

  it('of Loki are told by their functions, and by ranges of what has no name', async () => {
    const rule = (expr: string): string =>
      `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: '${expr}'\n`
    for (const expr of ['sum(count_over_time({app="cart"}[5m])) > 5', 'bytes_rate({app="cart"} [5m]) > 5'])
      expect((await read(rule(expr))).skipped).toBe('Loki or Tempo rules: not PromQL')
    for (const expr of [
      'rate({__name__="a", b="c"}[5m]) > 1',
      'rate({"a.b", b="c"}[5m]) > 1',
      'bytes_rate(a[5m]) > 1',
    ])
      expect((await read(rule(expr))).facts).toHaveLength(2)
  })

  it.each([
    ['median_over_time(a[1h]) > 5', 'PromQL has no median_over_time'],
    ['sum(rate(a[5m])) default 0 > 5', 'PromQL has no default'],
    ['a if b > 5', 'PromQL has no if'],
    ['WITH (x = 5) a > x', 'PromQL has no WITH'],
    ['rate(a[5m]) keep_metric_names > 1', 'PromQL has no keep_metric_names'],
  ])('in MetricsQL are not judged where PromQL differs: %s', async (expr, why) => {
    const rules = `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: ${expr}\n      - alert: B\n        expr: rate(a) > 1\n`
    expect(rulesIn((await read(rules)).facts)).toMatchObject([
      { query: { syntaxError: { kind: 'not-analysed', message: `MetricsQL, not judged: ${why}` } } },
      { query: { syntaxError: { kind: 'not-analysed', message: 'MetricsQL, not judged' } } },
    ])
  })

  it('may be VMRule objects, in MetricsQL', async () => {
    const text =
      'apiVersion: operator.victoriametrics.com/v1beta1\nkind: VMRule\nspec:\n  groups:\n    - name: g\n      rules:\n        - alert: A\n          expr: rate(a) > 1\n        - alert: B\n          expr: a > 1\n'
    expect(prometheus.recognises(file(text))).toBe(true)
    expect(rulesIn((await read(text)).facts)).toMatchObject([
      { query: { syntaxError: { kind: 'not-analysed' } } },
      { query: { syntaxError: null } },
    ])
  })

  it('may have two groups of one name, which Prometheus refuses in one file only', async () => {
    const group = '  - name: g\n    rules:\n      - record: a\n        expr: b\n'
    expect((await read(`groups:\n${group}${group}`)).facts).toMatchObject([
      { namedBefore: null },
      { namedBefore: { line: 2 } },
      {},
      {},
    ])
  })

  it('that are wrong become problems with a place, and the rest is used', async () => {
    const { facts, problems } = await read(`groups:
  - name: g
    interval: soon
    rules:
      - alert: A
        expr: up == 0
        for: a while
        labels: [severity]
      - expr: up
      - alert: B
`)
    expect(rulesIn(facts)).toMatchObject([
      { name: 'A', forSeconds: 0, forWritten: true, intervalSeconds: null },
      { name: 'B', query: { syntaxError: { message: 'the expression is empty' } } },
    ])
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [3, 'interval: "soon" is no duration; write 30s, 5m or 1h'],
      [7, 'for: "a while" is no duration; write 30s, 5m or 1h'],
      [8, 'groups.0.rules.0.labels: expected a mapping, found a list'],
      [9, 'a rule without alert and record: name it, or Prometheus rejects the file'],
      [10, 'B: a rule without expr; Prometheus rejects the file'],
    ])
  })

  it('whose recording rules have what only alerts may have are refused by Prometheus', async () => {
    const { problems } = await read(`groups:
  - name: g
    rules:
      - record: a
        alert: A
        expr: sum(up)
      - record: b
        expr: sum(up)
        for: 5m
`)
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [4, 'a rule with alert and record: write two of them, or Prometheus rejects the file'],
      [9, 'belongs to alerts: in a recording rule Prometheus rejects the file for it'],
    ])
  })

  it('that are no YAML fail with the place', async () => {
    const reading = await read('groups:\n  - rules:\n    - alert: A\n      expr: "up\n')
    expect(reading.facts).toEqual([])
    expect(reading.failed).toMatch(/^line \d: not valid YAML/)
  })

  it.each([
    'groups: 7',
    'groups: [1, [2], {rules: 3}]',
    'groups: {a: b}',
    'groups: [{rules: [null, 1, {alert: [a], expr: {b: c}}]}]',
  ])('%s is no crash', async (text) => {
    const { facts, problems } = await read(`${text}\n`)
    expect(facts).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
  })
})

describe('a query', () => {
  const query = parseQuery

  it('names its selectors with their matchers, windows and functions', () => {
    expect(
      query(
        `sum by (job) (rate(a:b{x="1",y!~'2|\\'3'}[1h30m])) / {__name__="c", z=~\`d\`} > max_over_time(e[10m:1m])`,
      ),
    ).toMatchObject({
      syntaxError: null,
      selectors: [
        {
          metric: 'a:b',
          matchers: [
            { label: 'x', operator: '=', value: '1' },
            { label: 'y', operator: '!~', value: "2|'3" },
          ],
        },
        { metric: 'c', matchers: [{ label: 'z', operator: '=~', value: 'd' }] },
        { metric: 'e', matchers: [] },
      ],
      windows: [5400, 600],
      functions: ['sum', 'rate', 'max_over_time'],
    })
    expect(query('{"my.metric", a="b"}').selectors).toEqual([
      { metric: 'my.metric', matchers: [{ label: 'a', operator: '=', value: 'b' }] },
    ])
  })

  it.each<[string, Query['threshold']]>([
    ['rate(a[5m]) > 0.05', { operator: '>', value: 0.05, left: 'rate(a[5m])' }],
    ['5 < a', { operator: '>', value: 5, left: 'a' }],
    ['(a / b) * 100 >= 10 * 2', { operator: '>=', value: 20, left: '(a / b) * 100' }],
    ['(a > 1) and on (x) b < -2', { operator: '>', value: 1, left: 'a' }],
    ['count(a == 0) by (x) > 3', { operator: '>', value: 3, left: 'count(a == 0) by (x)' }],
    ['count(a == 0)', { operator: '==', value: 0, left: 'a' }],
    ['time() - a > 1h', { operator: '>', value: 3600, left: 'time() - a' }],
    ['a > 5 and b offset 5m > 3', { operator: '>', value: 5, left: 'a' }],
    ['a offset 5m - b @ start() > 3', { operator: '>', value: 3, left: 'a offset 5m - b' }],
    ['# why\na != bool 1e3 # and so on', { operator: '!=', value: 1000, left: 'a' }],
    ['a > b', null],
    ['absent(a)', null],
  ])('%s has its threshold', (text, threshold) => {
    expect(query(text).threshold).toEqual(threshold)
  })

  it.each<[string, Query['compared']]>([
    ['rate(a[5m]) > 1', { function: 'rate', metric: 'a', aggregation: null, by: null }],
    ['1 < (rate(a{x="y"}[5m] offset 1h))', { function: 'rate', metric: 'a', aggregation: null, by: null }],
    ['sum by (b) (rate(a[5m])) > 1', { function: 'rate', metric: 'a', aggregation: 'sum', by: ['b'] }],
    ['max(rate(a[5m])) by (b) > 1', { function: 'rate', metric: 'a', aggregation: 'max', by: ['b'] }],
    ['sum(rate(a[5m])) > 1', { function: 'rate', metric: 'a', aggregation: 'sum', by: [] }],
    ['sum without (b) (rate(a[5m])) > 1', { function: 'rate', metric: 'a', aggregation: 'sum', by: null }],
    ['rate(a[5m]) * 60 > 1', null],
    ['rate(a[5m]) > rate(b[5m])', null],
    ['max_over_time(rate(a[5m])[1h:]) > 1', null],
    ['predict_linear(a[1h], 60) > 1', null],
    ['a > 1', null],
  ])('%s compares one function of one selector, or does not', (text, compared) => {
    expect(query(text).compared).toEqual(compared)
  })

  it.each([
    ['a > 1', true],
    ['a unless b', true],
    ['a and b', true],
    ['sum(up == 0)', true],
    ['absent(up)', true],
    ['max_over_time((a > 5)[5m:])', true],
    ['a > 1 or b > 2', true],
    ['a > 1 or b', false],
    ['a or b offset 5m > 3', false],
    ['a # or so\n > 3', true],
    ['a', false],
    ['rate(a[5m])', false],
    ['a > bool 1', false],
    ['vector(1)', false],
    ['a or vector(0)', false],
  ])('%s has a condition: %s', (text, expected) => {
    expect(query(text).hasCondition).toBe(expected)
  })

  it.each<[string, string[] | null]>([
    ['a > 1', null],
    ['sum(a) > 1', []],
    ['sum by (job, le) (rate(a[5m]))', ['job', 'le']],
    ['histogram_quantile(0.9, sum by (job, le) (rate(a[5m]))) > 1', ['job']],
    ['sum by (job) (sum by (job, pod) (a))', ['job']],
    ['sum without (pod) (a)', null],
    ['sum without (pod) (sum by (pod, job) (a))', ['job']],
    ['topk(3, sum by (job) (a))', ['job']],
    ['count_values("version", a)', ['version']],
    ['label_replace(sum by (job) (a), "team", "$1", "job", "(.*)")', ['job', 'team']],
    ['absent(up{job="a", x=~"b"})', ['job']],
    ['a / on (job) b', ['job']],
    ['sum by (job) (a) * on (job) group_left (team) b', ['job', 'team']],
    ['a * on (job) group_left (team) b', null],
    ['sum by (job) (a) and b', ['job']],
    ['100 * sum by (job) (a) > 5', ['job']],
    ['a and sum(b)', null],
  ])('%s keeps its labels', (text, expected) => {
    expect(query(text).keptLabels).toEqual(expected)
  })

  it('tells operations between vectors from those with numbers', () => {
    expect(query('(a / on (x) sum(b)) * 100 > time() - c').vectorOperations).toMatchObject([
      { operator: '>', hasMatching: false, leftAggregates: true, rightAggregates: false },
      {
        operator: '/',
        hasMatching: true,
        left: [{ metric: 'a' }],
        right: [{ metric: 'b' }],
        leftAggregates: false,
        rightAggregates: true,
      },
    ])
    expect(query('a * 100 > scalar(b)').vectorOperations).toEqual([])
  })

  it.each([
    ['a{', 2, 'the expression ends too early'],
    ['sum(a) by', 9, 'the expression ends too early'],
    ['rate(a[5x])', 8, 'unexpected'],
    ['a > 1 b', 6, 'unexpected "b"'],
    ['a{b="c}', 4, 'a string is not closed'],
    ['  ', 0, 'the expression is empty'],
    ['1 + foo(a)', 4, 'unknown function with name "foo"'],
  ])('%s is no PromQL', (text, offset, message) => {
    const { syntaxError, selectors } = query(text)
    expect(syntaxError?.message).toContain(message)
    expect(syntaxError).toMatchObject({ kind: 'syntax', offset })
    expect(selectors).toEqual([])
  })

  // Offsets and messages were compared with those of promtool 2.42.
  it.each([
    ['rate(a)', 5, 'expected type range vector in call to function "rate", got instant vector'],
    ['1 > sum(a[5m])', 8, 'expected type instant vector in aggregation expression, got range vector'],
    ['scalar(1)', 7, 'expected type instant vector in call to function "scalar", got scalar'],
    ['topk("a", b)', 5, 'expected type scalar in aggregation parameter, got string'],
    ['count_values(5, a)', 13, 'expected type string in aggregation parameter, got scalar'],
    ['sum(a, b)', 0, 'wrong number of arguments for aggregate expression provided, expected 1, got 2'],
    ['sum()', 0, 'no arguments for aggregate expression provided'],
    ['round(a, 1, 2)', 0, 'expected at most 2 argument(s) in call to "round", got 3'],
    ['label_join(a, "b")', 0, 'expected at least 3 argument(s) in call to "label_join", got 2'],
    ['rate()', 0, 'expected 1 argument(s) in call to "rate", got 0'],
    ['a > "b"', 4, 'binary expression must contain only scalar and instant vector types, got string'],
    ['1 + a[5m]', 4, 'binary expression must contain only scalar and instant vector types, got range vector'],
    ['a[5m] + 1', 0, 'binary expression must contain only scalar and instant vector types, got range vector'],
    ['-(a[5m])', 0, 'unary expression only allowed on expressions of type scalar or instant vector'],
    ['-a[5m]', 0, 'unary expression only allowed on expressions of type scalar or instant vector'],
    ['a[5m][5m:1m]', 0, 'subquery is only allowed on instant vector, got range vector instead'],
    ['rate((a)[5m])', 8, 'ranges only allowed for vector selectors'],
    ['rate(a[0s])', 7, 'duration must be greater than 0'],
    ['1 == 1', 2, 'comparisons between scalars must use BOOL modifier'],
    ['a + bool 1', 2, 'bool modifier can only be used on comparison operators'],
    ['a and 1', 0, 'set operator "and" not allowed in binary scalar expression'],
    ['a + on (x) 1', 0, 'vector matching only allowed between instant vectors'],
    ['a and on (x) group_left b', 0, 'no grouping allowed for "and" operation'],
    ['a + on (x) group_left (x) b', 2, 'label "x" must not occur in ON and GROUP clause at once'],
    ['sum(a) offset 5m', 0, 'offset modifier must be preceded by an instant vector selector'],
    ['b - (a) @ 5', 4, '@ modifier must be preceded by an instant vector selector'],
    ['a offset 5m offset 6m', 0, 'offset may not be set multiple times'],
    ['rate(a offset 5m [5m])', 17, 'no offset modifiers allowed before range'],
    ['{}', 0, 'vector selector must contain at least one non-empty matcher'],
    ['{a=~".*", b!="c"} > 1', 0, 'vector selector must contain at least one non-empty matcher'],
    ['a{__name__="b"}', 0, 'metric name must not be set twice: "a" or "b"'],
    ['(a > 1)[5m:1m]', 0, 'expected type instant vector or scalar in a rule, got range vector'],
    ['"a"', 0, 'expected type instant vector or scalar in a rule, got string'],
  ])('%s is refused for its types', (text, offset, message) => {
    expect(query(text).syntaxError).toMatchObject({
      kind: 'type',
      offset,
      message: expect.stringContaining(message),
    })
  })

  it.each([
    'a - b offset 5m >= 1',
    'a offset 5m * on (x) group_left (y) b @ end()',
    'rate(a[5m] offset -1h) > 0',
    '1 + time() > bool 2',
    '(a > 1) * 5m',
    'hour() >= 8 and on () day_of_week() < 6',
    'round(a) > 0 or round(a, 0.1) > 1',
    'label_join(a, "x", "-", "y", "z") > 0',
    'max_over_time(rate(a[5m])[1h:]) > 0',
    'a{} > 0',
    '{a!~"b|"} > 0',
    'info(a, {x=~".*"}) > 0',
    'scalar(a) > bool 1',
    'quantile(0.9, a) > 1',
  ])('%s is sound', (text) => {
    expect(query(text).syntaxError).toBeNull()
  })

  it('of another version, or nested without end, is not analysed', () => {
    expect(query('a + holt_winters(b[1h], 0.5, 0.5) > 1').syntaxError).toEqual({
      kind: 'not-analysed',
      message: 'holt_winters is double_exponential_smoothing since Prometheus 3.0',
      offset: 4,
    })
    expect(query(`${'('.repeat(2_000)}a${')'.repeat(2_000)}`).syntaxError).toMatchObject({
      kind: 'not-analysed',
      message: expect.stringContaining('levels deep'),
    })
    expect(query(Array(200).fill('a').join(' + ')).syntaxError).toBeNull()
  })
})

describe('what Prometheus refuses a file of rules for', () => {
  const group = 'groups:\n  - name: g\n    rules:\n'
  const alert = `${group}      - alert: A\n        expr: up == 0\n`
  const record = `${group}      - record: a:b\n        expr: sum(up)\n`

  /** Held against promtool 2.42; of what another version takes the doubt is told. */
  it.each([
    ['an annotation beside the annotations', `${alert}        summary: x\n`, 6],
    [
      'a key with a slip',
      `groups:\n  - name: g\n    intervall: 1m\n    rules: [{ alert: A, expr: up }]\n`,
      3,
    ],
    ['a wait without unit', `${alert}        for: 300\n`, 6],
    ['a wait with a fraction', `${alert}        for: 1.5m\n`, 6],
    ['units in the wrong order', `${alert}        for: 5m1h\n`, 6],
    ['a wait of ages', `${alert}        for: 300y\n`, 6],
    [
      'a limit that is no number',
      `groups:\n  - name: g\n    limit: few\n    rules: [{ alert: A, expr: up }]\n`,
      3,
    ],
    ['the name as a label', `${alert}        labels: { __name__: x }\n`, 6],
    ['a label without a name', `${alert}        labels: { '': x }\n`, 6],
    ['a recording with annotations', `${record}        annotations: { a: b }\n`, 6],
    ['a name with labels', `${group}      - record: a{b="c"}\n        expr: sum(up)\n`, 4],
    ['alert and record', `${group}      - record: a\n        alert: A\n        expr: sum(up)\n`, 4],
  ])('is noted with its place: %s', async (_, text, line) => {
    const { facts, problems } = await read(text)
    expect(problems.map((problem) => problem.line)).toContain(line)
    expect(facts.find(({ fact }) => fact === 'rule-group')).toMatchObject({
      refusals: [{ source: { line }, doubt: null }],
    })
  })

  it.each([
    ['a wait of zero', `${alert}        for: 0\n`],
    ['a long wait', `${alert}        for: 1w2d3h\n        keep_firing_for: 1h30m15s100ms\n`],
    ['a recording that waits for nothing', `${record}        for: 0s\n        annotations: {}\n`],
    [
      'keys of Mimir',
      `groups:\n  - name: g\n    source_tenants: [a]\n    rules: [{ alert: A, expr: up, x: y }]\n`,
    ],
    [
      'something that is filled in first',
      `${alert}        for: '{{ wait }}'\n        labels: { '[[ a ]]': b }\n`,
    ],
    [
      'an object, of which the API server checks the keys',
      `kind: PrometheusRule\nspec:\n  groups: [{ name: g, x: y, rules: [{ alert: A, expr: up }] }]\n`,
    ],
    [
      'MetricsQL',
      `${group}      - alert: A\n        expr: median_over_time(a[5m]) > 1 default 0\n        debug: true\n`,
    ],
  ])('does not reach %s', async (_, text) => {
    expect((await read(text)).facts.find(({ fact }) => fact === 'rule-group')).toMatchObject({ refusals: [] })
  })

  it('may depend on its version, and keys beside the groups are those of a file', async () => {
    const { facts } = await read(`${alert}        labels: { service-name: x }\n`)
    expect(facts[0]).toMatchObject({
      refusals: [{ source: { line: 6 }, doubt: expect.stringContaining('3.0') }],
    })
    const at = async (text: string): Promise<unknown[]> => (await read(text)).problems.map(({ line }) => line)
    expect(await at(`x-labels: { a: b }\n${alert}`)).toEqual([1])
    expect(await at(`namespace: shop\n${alert}`)).toEqual([])
  })

  it('does not say that of several documents it reads the first one only: that is said here', async () => {
    const { facts } = await read(`${alert}---\n${record}`)
    const groups = facts.filter(({ fact }) => fact === 'rule-group')
    expect(groups).toMatchObject([{ refusals: [] }, { refusals: [{ source: { line: 8 } }] }])
    expect((await read(`# ours\n---\n${alert}`)).facts[0]).toMatchObject({ refusals: [] })
  })
})

describe('how far back an expression looks', () => {
  it.each([
    [600, 'rate(errors_total[5m] offset 10m) > 1'],
    [600, 'sum(a offset 10m) / sum(b offset 1h) > 1'],
    [0, 'a > 2 * a offset 1w'],
    [0, 'a > 1'],
    [0, 'a offset -10m > 1'],
    [900, 'max_over_time((a offset 5m)[1h:1m] offset 10m) > 1'],
    [300, 'a offset 5m > 1 and b offset 5m > 2'],
    [0, 'a or b offset 5m > 1'],
  ])('is %d s for %s', (seconds, text) => {
    expect(parseQuery(text).offsetSeconds).toBe(seconds)
  })

  it('is more where its group looks back', async () => {
    const { facts } = await read(
      'groups:\n  - name: g\n    query_offset: 1m\n    rules: [{ alert: A, expr: up == 0 }]\n',
    )
    expect(facts.filter(isAlert)).toMatchObject([{ queryOffsetSeconds: 60 }])
  })
})
