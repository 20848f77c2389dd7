import { describe, expect, it } from 'vitest'
import { client, codePackage, experiment, modelOf, run } from './facts.js'

const services = [codePackage('web'), codePackage('cart')]
const between = { target: null, between: ['web', 'cart'] as [string, string] }

describe('a fault between two services', () => {
  it('is felt at the one that the other calls', () => {
    const model = modelOf([
      ...services,
      client('web', 'cart'),
      experiment('slow', between),
      run('r', between),
    ])
    expect(model.programme[0]!.experiment.target).toBe('cart')
    expect(model.runs[0]!.target).toBe('cart')
  })

  it('has no target where nobody is known to call, or both do', () => {
    expect(modelOf([...services, run('r', between)]).runs[0]!.target).toBeNull()
    const both = [client('web', 'cart'), client('cart', 'web')]
    expect(modelOf([...services, ...both, run('r', between)]).runs[0]!.target).toBeNull()
    expect(modelOf([run('r', between)]).runs[0]!.target).toBeNull()
  })
})
