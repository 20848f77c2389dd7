import { describe, expect, it } from 'vitest'
import type { AlertRule } from '../../src/facts/alert.js'
import { Facts, type Fact } from '../../src/facts/fact.js'
import { parseQuery } from '../../src/inputs/promql/query.js'
import { loadCatalogue } from '../../src/rules/catalogue.js'
import { silentAlerts } from '../../src/rules/silent-alerts.js'
import { buildModel, type Model } from '../../src/system/model.js'
import { alert, AS_OF, chainPatterns, configured, modelOf, policies } from '../system/facts.js'
import { service, workload } from '../system/manifests.js'

const { rules } = loadCatalogue(policies.patterns)
const asks = (name: string, expression: string): AlertRule =>
  alert(name, [], { expression, query: parseQuery(expression) })

const restarts = asks('Restarts', 'rate(kube_pod_container_status_restarts_total{pod=~"cart-.*"}[15m]) > 0.1')
const down = asks('Down', 'up{job="cart"} == 0')

function silentOf(alerts: AlertRule[], asked = rules): string[] {
  const silent = silentAlerts({ rules: asked, digest: '' }, modelOf(alerts))
  return [...silent].map(({ name }) => name)
}

describe('alerts that a rule of the catalogue says tell nothing', () => {
  it.each<[string, AlertRule]>([
    ['a threshold that Kubernetes never reaches', restarts],
    ['a threshold that nothing reaches', asks('Count', 'count(up) < 0')],
    ['conditions that exclude each other', asks('Both', 'up{job="a",job="b"} == 0')],
    ['no condition', asks('Always', 'rate(errors_total[5m])')],
    [
      'sides that never match',
      asks('Join', 'pg_stat_database_numbackends / pg_settings_max_connections > 0.8'),
    ],
  ])('%s', (_, rule) => {
    expect(silentOf([rule, down])).toEqual([rule.name])
  })

  it('not by a rule that fails and silences nothing, or is switched off', () => {
    expect(silentOf([asks('Hasty', 'up{job="cart"} == 0')])).toEqual([])
    const others = rules.filter(({ id }) => id !== 'alert-restart-rate')
    expect(silentOf([restarts], others)).toEqual([])
  })

  it('only rules of alerts silence', () => {
    expect(rules.filter(({ silences, subject }) => silences && subject !== 'alert')).toEqual([])
  })
})

describe('a component is watched', () => {
  const facts: Fact[] = [workload('cart', { replicas: 2 }), service('cart'), restarts]
  const model = (silences: boolean): Model =>
    buildModel(new Facts(facts), {
      configuration: configured(),
      policies,
      chainPatterns,
      asOf: AS_OF,
      ...(silences && { silentAlerts: (joined) => silentAlerts({ rules, digest: '' }, joined) }),
    })

  it('not by a silent alert', () => {
    expect([...model(true).watch.silent]).toEqual([restarts])
    expect([...model(false).watch.silent]).toEqual([])
  })
})
