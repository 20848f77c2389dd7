import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Probe } from '../../../src/facts/probe.js'
import { loadCatalogue } from '../../../src/rules/catalogue.js'
import { evaluate } from '../../../src/rules/evaluate.js'
import { unresponsiveField } from '../../../src/system/manifests/unresponsive.js'
import { at, modelOf, policies } from '../../system/facts.js'
import { container, service, workload } from '../../system/manifests.js'

const rules = loadCatalogue(policies.patterns).rules.filter(({ id }) => id === 'kubernetes-readiness-delay')

function probe(own: Partial<Probe>): Probe {
  return {
    source: at('k8s/cart.yaml', 20),
    action: 'http:8080/healthz',
    path: '/healthz',
    port: 8080,
    unresolvedPort: null,
    host: null,
    initialDelaySeconds: 0,
    periodSeconds: 3,
    timeoutSeconds: 1,
    failureThreshold: 3,
    ...own,
  }
}

/** What the rule says of a container whose readiness probe waits ten minutes. */
function said(terminationGracePeriodSeconds: number, liveness: Probe | null): string[] {
  const web = container('web', { readiness: probe({ timeoutSeconds: 600 }), liveness })
  const cart = workload('cart', { replicas: 3, containers: [web], terminationGracePeriodSeconds })
  return evaluate({ rules, digest: '' }, modelOf([cart, service('cart')])).outcomes.map(
    ({ outcome, message }) => `${outcome}: ${message}`,
  )
}

describe('an instance that stops responding', () => {
  it('is said to be restarted by its liveness probe, where that is in time', () => {
    expect(said(30, probe({}))).toEqual([
      'pass: Container web of cart is restarted by the liveness probe on the same port within 40 s, with its grace period, before the readiness probe takes it out of traffic.',
    ])
  })

  it('fails with the time of the earlier probe, and says which it is', () => {
    expect(said(180, probe({}))).toEqual([
      'fail: Container web of cart is taken out of traffic only 3 min 10 s after it stops responding, by the liveness probe on the same port, which is earlier than the readiness probe: failureThreshold 3 probes, 3 s apart, each with a timeout of 1 s, then a grace period of 3 min.',
    ])
    expect(said(30, null)).toEqual([
      'fail: Container web of cart is taken out of traffic only 30 min after it stops responding: failureThreshold 3 probes, 3 s apart, each with a timeout of 10 min.',
    ])
  })

  it('gets traffic never longer than its readiness probe lets it', () => {
    const seconds = fc.integer({ min: 1, max: 600 })
    const probes = fc
      .record({
        periodSeconds: seconds,
        timeoutSeconds: seconds,
        failureThreshold: seconds,
        port: fc.constantFrom(80, 90),
      })
      .map(probe)
    fc.assert(
      fc.property(probes, probes, seconds, (readiness, liveness, terminationGracePeriodSeconds) => {
        const pod = workload('cart', { terminationGracePeriodSeconds })
        const alone = unresponsiveField(container('web', { readiness }), pod) as { seconds: number }
        const both = unresponsiveField(container('web', { readiness, liveness }), pod) as { seconds: number }
        expect(both.seconds).toBeLessThanOrEqual(alone.seconds)
        if (liveness.port !== readiness.port) expect(both).toEqual(alone)
      }),
    )
  })
})
