import { describe, expect, it } from 'vitest'
import type { Experiment } from '../../../../src/facts/experiment.js'
import chaostoolkit from '../../../../src/inputs/formats/chaostoolkit.js'
import { file, KILL } from './journals.js'

const EXPERIMENT = `version: 1.0.0
title: Losing the cart database
description: Orders keep working from the cache.
tags: [owner:team-cart, cadence:monthly, environment:staging]
configuration:
  db: {type: env, key: DB, default: cart-db}
steady-state-hypothesis:
  title: orders answer
  probes:
    - type: probe
      name: orders answer
      tolerance: 200
      provider: {type: http, url: http://orders/health}
method:
  - type: action
    name: stop the database
    provider:
      type: process
      path: docker
      arguments: stop \${db}
  - type: probe
    name: orders answer
    provider: {type: http, url: http://orders/health}
rollbacks:
  - type: action
    name: start the database
    provider: {type: process, path: docker, arguments: [start, cart-db]}
`

function experimentOf(text: string, extension = '.yaml'): Experiment {
  const input = file(text, extension)
  expect(chaostoolkit.recognises(input)).toBe(true)
  const [fact] = chaostoolkit.read(input).facts
  if (fact?.fact !== 'experiment') throw new Error('no experiment was read')
  return fact
}

describe('a Chaos Toolkit experiment', () => {
  it('is a definition with its parts', () => {
    expect(experimentOf(EXPERIMENT)).toMatchObject({
      id: 'losing-the-cart-database',
      title: 'Losing the cart database',
      hypothesis: 'orders answer',
      target: 'cart-db',
      fault: 'pod-kill',
      environment: 'staging',
      owner: 'team-cart',
      cadenceDays: 31,
      cadence: 'monthly',
      steadyState: [{ metric: 'orders answer', operator: '==', value: 200, unit: null }],
      parts: {
        hypothesis: true,
        baseline: true,
        blastRadius: false,
        injection: true,
        observation: true,
        abort: false,
        rollback: true,
      },
    })
  })

  it('lists its commands with their lines', () => {
    const { commands } = experimentOf(EXPERIMENT)
    expect(commands.map(({ text, source }) => [text, source.line])).toEqual([
      ['docker stop ${db}', 15],
      ['docker start cart-db', 25],
    ])
  })

  it('may be JSON, and guarded by safeguards and a scope', () => {
    const experiment = experimentOf(
      JSON.stringify(
        {
          title: 'Pods die',
          description: 'd',
          method: [KILL],
          rollbacks: [],
          controls: [
            { name: 'safeguards', provider: { type: 'python', module: 'chaosaddons.controls.safeguards' } },
          ],
          runtime: { hypothesis: { strategy: 'during-method-only' } },
        },
        null,
        2,
      ),
      '.json',
    )
    expect(experiment.parts).toMatchObject({
      abort: true,
      blastRadius: true,
      observation: true,
      hypothesis: false,
      rollback: false,
    })
  })

  it('without a method list is not recognised, nor is any other file', () => {
    expect(chaostoolkit.recognises(file('title: x\nversion: 1\nmethod: GET\n', '.yaml'))).toBe(false)
    expect(chaostoolkit.recognises(file('{"name": "shop", "version": "1.0.0"}'))).toBe(false)
    expect(chaostoolkit.recognises(file('kind: Deployment\n', '.yaml'))).toBe(false)
  })

  it('that is broken is a problem with its place', () => {
    const text = EXPERIMENT.replace('rollbacks:', 'rollbacks: ]')
    const input = file(text, '.yaml')
    expect(chaostoolkit.recognises(input)).toBe(true)
    const { facts, problems } = chaostoolkit.read(input)
    expect(facts).toEqual([])
    expect(problems[0]).toMatchObject({ path: 'chaos/one.yaml', line: 24 })
  })
})
