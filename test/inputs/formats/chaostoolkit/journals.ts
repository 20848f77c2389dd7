/** Small journals with the shapes of real ones. */
import { expect } from 'vitest'
import type { Run } from '../../../../src/facts/experiment.js'
import type { InputFile, Reading } from '../../../../src/inputs/format.js'
import chaostoolkit from '../../../../src/inputs/formats/chaostoolkit.js'

export function file(text: string, extension = '.json'): InputFile {
  return { path: `chaos/one${extension}`, extension, text, sha256: 'ab12cd34ef56ab12cd34' }
}

/** Seconds after 10:00:00 UTC, as old versions wrote times: without an offset. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2024, 2, 5, 10) + seconds * 1000).toISOString().replace('Z', '')
}

export const CHECK = {
  type: 'probe',
  name: 'cart answers',
  tolerance: 200,
  provider: { type: 'http', url: 'http://cart/health' },
}
export const STOP = {
  type: 'action',
  name: 'stop cart',
  provider: { type: 'process', path: 'docker', arguments: 'stop cart' },
}
export const START = {
  type: 'action',
  name: 'start cart',
  provider: { type: 'process', path: 'docker', arguments: 'start cart' },
}
export const KILL = {
  type: 'action',
  name: 'terminate cart pods',
  provider: {
    type: 'python',
    module: 'chaosk8s.pod.actions',
    func: 'terminate_pods',
    arguments: { label_selector: 'app=cart', ns: 'shop' },
  },
}
export const PRINTED = { status: 0, stdout: 'cart\n', stderr: '' }

export function ran(
  activity: object,
  start: number,
  end: number,
  output: unknown,
  more: object = {},
): object {
  return {
    activity,
    output,
    status: 'succeeded',
    start: at(start),
    end: at(end),
    duration: end - start,
    ...more,
  }
}

export function steady(met: boolean | null, start: number, probes = 1): object {
  const probe = ran(CHECK, start, start + 0.1, { status: met ? 200 : 503 }, { tolerance_met: met })
  return { steady_state_met: met, probes: Array(probes).fill(probe) }
}

/** A run that kills a pod at 1 s, with only a check before and one after at 30 s. */
export function journal(
  more: Record<string, unknown> = {},
  experiment: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    'chaoslib-version': '1.30.0',
    experiment: {
      version: '1.0.0',
      title: 'Losing a cart pod',
      description: 'Users keep their carts.',
      'steady-state-hypothesis': { title: 'cart answers', probes: [CHECK] },
      method: [KILL],
      rollbacks: [],
      dry: null,
      ...experiment,
    },
    start: at(0),
    end: at(31),
    duration: 31,
    status: 'completed',
    deviated: false,
    steady_states: { before: steady(true, 0.5), after: steady(true, 30), during: [] },
    run: [ran(KILL, 1, 2, ['cart-7d9f'])],
    rollbacks: [],
    ...more,
  }
}

/** One sample a second from `from` to `to`, failing inside the outage. */
export function during(from: number, to: number, outage: [number, number] | null): object[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).map((second) =>
    steady(!(outage && second >= outage[0] && second <= outage[1]), second),
  )
}

export function read(document: unknown): Reading {
  const input = file(JSON.stringify(document))
  expect(chaostoolkit.recognises(input)).toBe(true)
  return chaostoolkit.read(input)
}

export function runOf(document: unknown): Run {
  const [fact] = read(document).facts
  if (fact?.fact !== 'run') throw new Error('no run was read')
  return fact
}
