import { describe, expect, it } from 'vitest'
import type { Experiment } from '../../src/facts/experiment.js'
import { client, codePackage, experiment, modelOf } from './facts.js'

const behind = (upstream: string, name = 'orders_master'): Partial<Experiment> => ({
  target: name,
  proxy: { name, upstream },
})

function planned(over: Partial<Experiment>): Experiment {
  const facts = [codePackage('web'), codePackage('orders'), client('web', 'orders')]
  return modelOf([...facts, experiment('slow', over)]).programme[0]!.experiment
}

describe('a fault in a proxy', () => {
  it('hits the component at its upstream, and says why', () => {
    expect(planned(behind('orders:5432'))).toMatchObject({
      target: 'orders',
      targetReason: 'the proxy orders_master leads to orders:5432, a name of the component orders',
    })
    expect(planned(behind('orders.shop.svc.cluster.local:5432')).target).toBe('orders')
  })

  it.each(['localhost:5432', 'orders-replica:5432', 'orders.vendor.example:443', '[::1]:80', 'nonsense'])(
    'that leads to %s hits nobody known',
    (upstream) => {
      expect(planned(behind(upstream))).toMatchObject({
        target: 'orders_master',
        targetDoubt: `the proxy orders_master leads to ${upstream}, and no component of the system is known there`,
      })
    },
  )

  it('may be called as the component is', () => {
    const named = planned(behind('localhost:5432', 'orders'))
    expect(named.target).toBe('orders')
    expect(named.targetDoubt).toBeUndefined()
  })

  it('that names a component leads elsewhere all the same', () => {
    expect(planned(behind('web:80', 'orders')).target).toBe('web')
  })
})
