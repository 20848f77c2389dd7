import { describe, expect, it } from 'vitest'
import type { InputFile } from '../../../src/inputs/format.js'
import alertTests from '../../../src/inputs/formats/alert-tests.js'

const CONTEXT = { libraries: [], prefilter: true }

const TESTS = `rule_files:
  - ../rules/*.yaml
evaluation_interval: 1m
tests:
  - name: The cart is down
    interval: 1m
    input_series:
      - series: 'up{job="cart"}'
        values: '0x20'
    alert_rule_test:
      - eval_time: 1h30m
        alertname: CartDown
        exp_alerts:
          - exp_labels: { severity: page }
            exp_annotations: { summary: down }
          - {}
      - { eval_time: 5m, alertname: CartSlow }
  - promql_expr_test:
      - { expr: up, eval_time: 4m }
`

function file(text: string): InputFile {
  return { path: 'monitoring/tests/cart.yaml', text, extension: '.yaml', sha256: '' }
}

describe('unit tests of rules', () => {
  it('give what they expect of each alert', async () => {
    expect(alertTests.recognises(file(TESTS))).toBe(true)
    const { facts, problems } = await alertTests.read(file(TESTS), CONTEXT)
    expect(problems).toEqual([])
    expect(facts).toMatchObject([
      {
        fact: 'alert-test',
        source: { line: 11 },
        at: { alertname: { line: 12 } },
        title: 'The cart is down',
        alert: 'CartDown',
        atSeconds: 5400,
        expected: [{ severity: 'page' }, {}],
        ruleFiles: ['monitoring/rules/*.yaml'],
      },
      { alert: 'CartSlow', atSeconds: 300, expected: [], title: 'The cart is down' },
    ])
  })

  it('are told from configurations of Prometheus', () => {
    expect(alertTests.recognises(file('rule_files: [a.yaml]\nscrape_configs: []\n'))).toBe(false)
    expect(alertTests.recognises(file('tests:\n  - name: a\n'))).toBe(false)
  })

  it('that are wrong become problems with a place', async () => {
    const wrong =
      'rule_files: a.yaml\ntests:\n  - alert_rule_test:\n      - eval_time: soon\n      - { alertname: A, eval_time: soon }\n'
    const { facts, problems, partial } = await alertTests.read(file(wrong), CONTEXT)
    expect(facts).toMatchObject([{ alert: 'A', atSeconds: null, ruleFiles: [] }])
    expect(problems.map(({ line }) => line)).toEqual([1, 4, 5])
    expect(partial).toBeDefined()
    expect((await alertTests.read(file('tests: ["\nrule_files:'), CONTEXT)).failed).toMatch(/not valid YAML/)
  })
})
