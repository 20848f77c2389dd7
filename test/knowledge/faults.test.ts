import { describe, expect, it } from 'vitest'
import { loadFaults, normaliseFault } from '../../src/knowledge/faults.js'

const vocabulary = loadFaults()

describe('the fault of a text', () => {
  it.each([
    ['chaosk8s.pod.actions.terminate_pods', 'pod-kill'],
    ['chaosazure.webapp.actions.stop_webapp', 'dependency-outage'],
    ['Pod-Network-Latency', 'dependency-latency'],
    ['docker stop jokes-api', 'pod-kill'],
    ['cache stampede of the catalogue', 'cache-flush'],
    ['cpu-stress', 'cpu-stress'],
  ])('%s is %s', (text, fault) => {
    expect(normaliseFault(text, vocabulary)).toBe(fault)
  })

  it('takes the longest name: DNS within a network partition is still a partition', () => {
    expect(normaliseFault('network partition towards dns', vocabulary)).toBe('network-partition')
  })

  it('is the same however often, and of however many texts, it is asked for', () => {
    const texts = Array.from(
      { length: 2500 },
      (_, index) => `pod kill ${index % 2 === 0 ? '' : 'of '}${index}`,
    )
    for (const text of [...texts, ...texts]) expect(normaliseFault(text, vocabulary)).toBe('pod-kill')
    expect(normaliseFault('nothing of it', vocabulary)).toBeNull()
    expect(normaliseFault('nothing of it', vocabulary)).toBeNull()
    expect(vocabulary.known.size).toBeLessThanOrEqual(1000)
  })

  it('matches whole words only', () => {
    expect(normaliseFault('cpuset', vocabulary)).toBeNull()
    expect(normaliseFault('slowly', vocabulary)).toBeNull()
  })

  it('knows every fault by its own id', () => {
    const ids = Object.keys(vocabulary.faults)
    expect(ids.length).toBeGreaterThan(10)
    expect(ids.filter((id) => normaliseFault(id, vocabulary) !== id)).toEqual([])
  })

  it('is null for an unknown fault', () => {
    expect(normaliseFault('enable_chaosmonkey', vocabulary)).toBeNull()
    expect(normaliseFault('', vocabulary)).toBeNull()
  })
})
