import { describe, expect, it } from 'vitest'
import type { AlertRelabelling, RelabelStep } from '../../../src/facts/alert-relabelling.js'
import { Relabelling } from '../../../src/system/alerts/relabelling.js'
import { valueOf } from '../../../src/system/alerts/routed-alerts.js'
import { alert, at, selector } from '../facts.js'

const down = alert('Down', [selector('up')], { labels: { severity: 'critical' } })

function relabelling(
  steps: Partial<RelabelStep>[],
  servers = 1,
  more: Partial<AlertRelabelling> = {},
): Relabelling {
  const whole = {
    source: at('p.yml'),
    action: 'replace',
    labels: [],
    separator: ';',
    pattern: '(.*)',
    target: null,
  }
  const fact: AlertRelabelling = {
    fact: 'alert-relabelling',
    source: at('p.yml'),
    steps: steps.map((step) => ({ ...whole, ...step })),
    ...more,
  }
  return new Relabelling(['cluster'], [fact], servers)
}

describe('relabelling of alerts', () => {
  it('drops by labels that the rule gives, of the only server', () => {
    const step = { action: 'drop', labels: ['severity'], pattern: 'critical' }
    expect(relabelling([step]).drops(down)).toBe('yes')
    expect(relabelling([step], 2).drops(down)).toBe('maybe')
    expect(relabelling([{ ...step, pattern: 'crit' }]).drops(down)).toBe('no')
    expect(relabelling([{ ...step, action: 'keep' }]).drops(down)).toBe('no')
    expect(relabelling([{ ...step, labels: ['node'] }]).drops(down)).toBe('maybe')
  })

  it('of the platform only may drop an alert, and may not', () => {
    const step = { action: 'drop', labels: ['severity'], pattern: 'critical' }
    expect(relabelling([step], 1, { forPlatform: true }).drops(down)).toBe('maybe')
  })

  it('tells nothing of labels that the operator gives with values of the cluster', () => {
    const scoped = { ...down, openLabels: ['location'] }
    expect(valueOf('location', scoped, relabelling([]))).toBeNull()
    expect(valueOf('severity', scoped, relabelling([]))).toBe('critical')
  })

  it.each([
    [null, { target: 'severity' }],
    [null, { action: 'labeldrop', pattern: 'sev.*' }],
    [null, { action: 'labelkeep', pattern: 'alertname' }],
    [null, { action: 'labelmap', pattern: 'a_(.*)' }],
    ['critical', { action: 'labeldrop', pattern: 'replica' }],
    ['critical', { action: 'labelkeep', pattern: 'severity' }],
    ['critical', { target: 'cluster' }],
  ])('leaves the value %s of a label by %o', (value, step) => {
    expect(valueOf('severity', down, relabelling([step]))).toBe(value)
  })
})
