import { describe, expect, it } from 'vitest'
import helmValues from '../../../src/inputs/formats/helm-values.js'

const CONTEXT = { libraries: [], prefilter: true }
const file = (text: string, path = 'monitoring/values.yaml') => ({
  path,
  extension: '.yaml',
  text,
  sha256: '',
})
const RULES = `groups:
      - name: shop
        rules:
          - alert: ShopDown
            expr: up{job="shop"} == 0
            for: 5m
`
const VALUES = `grafana: { enabled: true }
additionalPrometheusRulesMap:
  shop:
    ${RULES}`

describe('helm values', () => {
  it('hold rules of kube-prometheus-stack, also of one inside of another chart', async () => {
    const nested = `kube-prometheus-stack:\n${VALUES.replace(/^/gm, '  ')}`
    for (const [text, line] of [
      [VALUES, 7],
      [nested, 8],
    ] as const) {
      expect(helmValues.recognises(file(text))).toBe(true)
      const { facts, problems, partial } = await helmValues.read(file(text), CONTEXT)
      expect(problems).toEqual([])
      expect(facts).toMatchObject([
        { fact: 'rule-group', alerts: ['ShopDown'] },
        {
          fact: 'alert',
          name: 'ShopDown',
          forSeconds: 300,
          source: { path: 'monitoring/values.yaml', line },
        },
      ])
      expect(partial).toContain('only its alert rules')
    }
  })

  it('hold rules of the prometheus chart, beside files that are none', async () => {
    const text = `serverFiles:\n  alerting_rules.yml:\n    ${RULES}  prometheus.yml:\n    rule_files: []\n`
    const { facts } = await helmValues.read(file(text), CONTEXT)
    expect(facts.map(({ fact }) => fact)).toEqual(['rule-group', 'alert'])
  })

  it('are no rule objects, no rule files, and no values without rules', () => {
    expect(helmValues.recognises(file(`apiVersion: v1\nkind: X\n${VALUES}`))).toBe(false)
    expect(helmValues.recognises(file('groups:\n  - name: a\n    rules:\n      - alert: A\n'))).toBe(false)
    expect(helmValues.recognises(file('additionalPrometheusRulesMap: {}\n'))).toBe(false)
  })

  it('that are broken are a problem', async () => {
    const { failed } = await helmValues.read(file(`${VALUES}  : [`), CONTEXT)
    expect(failed).toBeTruthy()
  })

  const ROUTING = `alertmanager:
  enabled: true
  config:
    route: { receiver: team }
    receivers:
      - name: team
        slack_configs: [{ channel: x, api_url_file: /etc/slack }]
`

  it('hold the routing of alerts, also of one inside of another chart', async () => {
    for (const [text, line] of [
      [ROUTING, 4],
      [`kube-prometheus-stack:\n${ROUTING.replace(/^/gm, '  ')}`, 5],
    ] as const) {
      expect(helmValues.recognises(file(text))).toBe(true)
      const { facts, problems } = await helmValues.read(file(text), CONTEXT)
      expect(problems).toEqual([])
      expect(facts).toMatchObject([
        {
          fact: 'alert-routing',
          object: null,
          isPart: false,
          source: { line },
          receivers: [{ name: 'team' }],
        },
      ])
    }
  })

  it('hold no routing that the chart completes', async () => {
    const read = async (text: string): Promise<unknown[]> =>
      (await helmValues.read(file(text), CONTEXT)).facts
    expect(await read(ROUTING.replace('receiver: team', 'group_by: [a]'))).toEqual([])
    expect(await read(ROUTING.replace(/\n.*slack_configs.*/, ''))).toEqual([])
  })
})
