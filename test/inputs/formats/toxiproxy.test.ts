import { describe, expect, it } from 'vitest'
import type { Experiment } from '../../../src/facts/experiment.js'
import toxiproxy from '../../../src/inputs/formats/toxiproxy.js'
import { recordFile } from './records.js'

const REDIS = { name: 'redis', listen: '[::]:26379', upstream: 'redis:6379', enabled: true }
const LATENCY = {
  name: 'slow',
  type: 'latency',
  stream: 'downstream',
  toxicity: 1,
  attributes: { latency: 1000, jitter: 0 },
}

const read = (value: unknown, path?: string) => toxiproxy.read(recordFile(value, path))
const faultOf = (type: string) =>
  (read({ redis: { ...REDIS, toxics: [{ ...LATENCY, type }] } }).facts[0] as Experiment).fault

describe('proxies of Toxiproxy', () => {
  it('with toxics are definitions of faults, and no runs', () => {
    const { facts } = read({ redis: { ...REDIS, toxics: [LATENCY] } })
    expect(facts).toMatchObject([
      {
        fact: 'experiment',
        id: 'toxiproxy-redis-slow',
        target: 'redis',
        fault: 'dependency-latency',
        source: { pointer: '$.redis.toxics[0]' },
        parts: { injection: true, blastRadius: true, hypothesis: false, abort: false, rollback: false },
      },
    ])
  })

  it.each([
    ['latency', 'dependency-latency'],
    ['bandwidth', 'dependency-latency'],
    ['timeout', 'network-partition'],
    ['slicer', null],
  ])('with a toxic %s inject %s', (type, fault) => expect(faultOf(type)).toBe(fault))

  it('that hit no connection inject nothing', () => {
    const [fact] = read([{ ...REDIS, toxics: [{ ...LATENCY, toxicity: 0 }] }]).facts
    expect(fact).toMatchObject({ parts: { injection: false } })
  })

  it('as configured at the start hold no toxics, so nothing follows', () => {
    expect(read([REDIS, { ...REDIS, name: 'db', upstream: 'db:5432' }])).toEqual({
      facts: [],
      problems: [],
      skipped: 'Toxiproxy proxies without toxics, so without faults: redis to redis:6379, db to db:5432',
    })
  })

  it('may be written in YAML', () => {
    const text =
      '- name: redis\n  listen: 0.0.0.0:26379\n  upstream: redis:6379\n  toxics:\n    - type: timeout\n'
    expect(read(text, 'toxi.yaml').facts).toMatchObject([
      { id: 'toxiproxy-redis-timeout', source: { line: 5 } },
    ])
  })

  it('with wrong shares are told with the place', () => {
    const { problems } = read({ redis: { ...REDIS, toxics: [{ ...LATENCY, toxicity: 7 }] } })
    expect(problems[0]!.message).toMatch(/7 is no share/)
    const odd =
      '[{"name": "a", "listen": "b", "upstream": "c", "toxics": [{"type": "latency", "toxicity": NaN}]}]'
    expect(read(odd).problems[0]!.message).toMatch(/expected a number/)
  })

  it('that were cut off are failed with their place', () => {
    const text = JSON.stringify([{ ...REDIS, toxics: [LATENCY] }], null, 2).slice(0, -20)
    expect(toxiproxy.recognises(recordFile(text))).toBe(true)
    expect(read(text)).toMatchObject({ facts: [], failed: expect.stringMatching(/not valid YAML/) })
  })

  it.each([
    ['other proxies', [{ name: 'a', upstream: 'b', listen: 'c' }, { upstream: 'only' }]],
    ['a configuration', { listen: ':80', upstream: 'x', name: 'y' }],
    ['what was cut off', '[{"name": "a", "listen": "b", "upstre'],
  ])('are not %s', (_, value) => expect(toxiproxy.recognises(recordFile(value))).toBe(false))
})
