import { describe, expect, it } from 'vitest'
import type { Fact } from '../../src/facts/fact.js'
import { broughtRules } from '../../src/system/alerts/brought-rules.js'
import { unseenPods, unseenService } from '../../src/system/wiring/made-elsewhere.js'
import { at, modelOf } from './facts.js'
import { workload } from './manifests.js'

const missing = (folder: string, ...names: string[]): Fact => ({
  fact: 'missing-charts',
  source: at(`${folder}/Chart.yaml`),
  folder,
  names,
})

const cart = workload('cart', { source: at('k8s/cart.yaml') })

describe('charts that are not among the files', () => {
  const { manifests } = modelOf([cart, missing('charts/ring', 'cortex')])

  it('may make what the templates of those that depend on them select', () => {
    const from = {
      source: at('charts/ring/templates/service.yaml'),
      name: 'cortex',
      namespace: 'default',
      kind: 'Service',
    }
    const why = 'cortex may create it, on which the chart depends (charts/ring/Chart.yaml:1:1)'
    expect(unseenPods({ app: 'cortex' }, from, manifests)).toBe(why)
    expect(unseenService('cortex', from, manifests)).toBe(why)
  })

  it('say nothing of what stands elsewhere', () => {
    const from = {
      source: at('charts/other/templates/service.yaml'),
      name: 'cortex',
      namespace: 'default',
      kind: 'Service',
    }
    expect(unseenPods({ app: 'cortex' }, from, manifests)).toBeNull()
    expect(unseenService('cortex', from, manifests)).toBeNull()
  })

  it('bring alert rules where they are known to', () => {
    expect(broughtRules(manifests)).toEqual([])
    expect(broughtRules(modelOf([cart, missing('watch', 'kube-prometheus-stack')]).manifests)).toEqual([
      'the rules that kube-prometheus-stack brings (watch/Chart.yaml:1:1)',
    ])
  })
})
