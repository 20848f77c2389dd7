import { describe, expect, it } from 'vitest'
import type { AlertFact, AlertRule, RecordingRule, RuleGroup } from '../../../src/facts/alert.js'
import type { InputFile } from '../../../src/inputs/format.js'
import { loadFormats } from '../../../src/inputs/load-formats.js'
import { readersOf } from '../../../src/inputs/readers.js'

const GOOGLE = 'monitoring.googleapis.com/v1'

function file(text: string): InputFile {
  return { path: 'monitoring/rules.yaml', text, extension: '.yaml', sha256: '' }
}

/** As in a run: by all formats that read the file, in their order. */
async function read(text: string) {
  const readers = readersOf(file(text), await loadFormats())
  const readings = await Promise.all(
    readers.map((format) => format.read(file(text), { libraries: [], prefilter: true })),
  )
  return {
    readers: readers.map(({ name }) => name),
    facts: readings.flatMap(({ facts }) => facts) as AlertFact[],
    problems: readings.flatMap(({ problems }) => problems),
    readings,
  }
}

async function only<Kind extends AlertFact['fact']>(text: string, kind: Kind) {
  const found = (await read(text)).facts.filter(({ fact }) => fact === kind)
  expect(found).toHaveLength(1)
  return found[0] as Extract<AlertFact, { fact: Kind }>
}

function object(
  apiVersion: string,
  kind: string,
  rules: string,
  metadata = '{ name: cart, namespace: shop }',
) {
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata: ${metadata}
spec:
  groups:
    - name: cart
      rules:
${rules.replace(/^(?=.)/gm, '        ')}
`
}

const ALERT = `- alert: CartErrors
  expr: sum(rate(http_errors_total{job="cart"}[5m])) > 1
  for: 5m
  labels: { severity: page }
`

describe('objects that hold rules', () => {
  it.each([
    ['monitoring.coreos.com/v1', 'PrometheusRule'],
    ['operator.victoriametrics.com/v1beta1', 'VMRule'],
    ['monitoring.openshift.io/v1', 'AlertingRule'],
    [GOOGLE, 'Rules'],
    [GOOGLE, 'ClusterRules'],
    [GOOGLE, 'GlobalRules'],
  ])('of %s, %s are read alone, beside others and in lists', async (apiVersion, kind) => {
    const rules = object(apiVersion, kind, ALERT)
    const beside = `${rules}---\napiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: {}\n`
    const list = `apiVersion: v1\nkind: List\nitems:\n  - ${rules.trim().replaceAll('\n', '\n    ')}\n`
    for (const text of [rules, beside, list])
      expect(await only(text, 'alert')).toMatchObject({ name: 'CartErrors', forSeconds: 300 })
  })

  it('of the same name in another API group are something else', async () => {
    const { facts, readings } = await read(object('example.com/v1', 'Rules', ALERT))
    expect(facts.filter(({ fact }) => fact === 'alert')).toEqual([])
    expect(readings[0]!.skipped).toContain('Rules')
  })

  it.each([
    ['without groups', 'spec: {}'],
    ['with groups that are no list', 'spec: { groups: { name: a } }'],
    ['with a rule that is a text', 'spec: { groups: [{ name: a, rules: [up] }] }'],
    ['without a spec', ''],
  ])('that are broken are no exception: %s', async (_, spec) => {
    const { facts } = await read(
      `apiVersion: ${GOOGLE}\nkind: Rules\nmetadata: { name: a, namespace: b }\n${spec}\n`,
    )
    expect(facts.filter(({ fact }) => fact === 'alert')).toEqual([])
  })
})

describe('rules of Google Managed Prometheus', () => {
  it('are evaluated each minute where their group does not say otherwise', async () => {
    expect((await only(object(GOOGLE, 'Rules', ALERT), 'alert')).intervalSeconds).toBe(60)
    const own = object(GOOGLE, 'Rules', ALERT).replace('name: cart\n', 'name: cart\n      interval: 15s\n')
    expect((await only(own, 'rule-group')).intervalSeconds).toBe(15)
  })

  it('of a namespace ask for its series only, and give every result its labels', async () => {
    const { labels, openLabels, query } = await only(object(GOOGLE, 'Rules', ALERT), 'alert')
    expect(labels).toEqual({ severity: 'page', namespace: 'shop' })
    expect(openLabels).toEqual(['project_id', 'location', 'cluster'])
    expect(query.selectors[0]!.matchers).toEqual([
      { label: 'job', operator: '=', value: 'cart' },
      { label: 'namespace', operator: '=', value: 'shop' },
    ])
    // The labels of a rule are none of its series: what is aggregated away cannot be printed.
    expect(query.keptLabels).toEqual([])
  })

  it('record with its labels too', async () => {
    const record = '- record: cart:errors\n  expr: sum(rate(http_errors_total[5m]))\n'
    const recording: RecordingRule = await only(object(GOOGLE, 'Rules', record), 'recording')
    expect(recording.labels).toEqual({ namespace: 'shop' })
  })

  it.each(['{ name: cart }', '{ name: cart, namespace: "${NAMESPACE}" }'])(
    'of a namespace that is not told, as in %s, leave its value open',
    async (metadata) => {
      const alert: AlertRule = await only(object(GOOGLE, 'Rules', ALERT, metadata), 'alert')
      expect(alert.labels).toEqual({ severity: 'page' })
      expect(alert.openLabels).toContain('namespace')
      expect(alert.query.selectors[0]!.matchers).toHaveLength(1)
    },
  )

  it('of the cluster or of all are not kept to a namespace', async () => {
    const cluster = await only(object(GOOGLE, 'ClusterRules', ALERT), 'alert')
    expect(cluster.openLabels).toEqual(['project_id', 'location', 'cluster'])
    expect(cluster.labels).toEqual({ severity: 'page' })
    const all = await only(object(GOOGLE, 'GlobalRules', ALERT), 'alert')
    expect(all.openLabels).toBeUndefined()
  })

  it.each([
    ['up{namespace="shop"} == 0', '', []],
    ['up{namespace="other"} == 0', '', ['namespace="other"']],
    ['up{namespace=~"shop|other"} == 0', '', ['namespace=~"shop|other"']],
    ['up{cluster="eu"} == 0', '', ['cluster="eu"']],
    ['up == 0', 'labels: { namespace: shop }', ['label namespace']],
    ['up == 0', 'labels: { severity: page }', []],
  ])('that ask for another scope are refused: %s %s', async (expr, labels, named) => {
    const rule = `- alert: Down\n  expr: ${expr}\n  ${labels}\n`
    const { refusals }: RuleGroup = await only(object(GOOGLE, 'Rules', rule), 'rule-group')
    expect(refusals).toHaveLength(named.length)
    for (const [index, words] of named.entries()) {
      expect(refusals[index]!.message).toContain(words)
      expect(refusals[index]!.doubt).toBeNull()
    }
  })
})
