/** Small experiment logs to vary. */
import { expect } from 'vitest'
import type { Run } from '../../../../src/facts/experiment.js'
import type { InputFile, Reading } from '../../../../src/inputs/format.js'
import experimentLog from '../../../../src/inputs/formats/experiment-log.js'

export function file(text: string, extension = '.yaml'): InputFile {
  return { path: `chaos/log${extension}`, extension, text, sha256: '00' }
}

export const HEADER = `apiVersion: resilience-report/v1
kind: ExperimentLog
system: shop
runs:
`

export const RUN = `  - id: cart-1
    experiment: cart-outage
    target: cart
    fault: scale to 0
    environment: staging
    startedAt: 2026-05-01T10:00:00Z
    faultStartedAt: 2026-05-01T10:01:00Z
    faultEndedAt: 2026-05-01T10:02:00Z
    baselineMet: true
    faultVerified: true
    verdict: pass
`

/** Samples every `step` seconds from the fault's start on: `x` failing, `.` within tolerance. */
export function samples(pattern: string, step: number): string {
  const lines = [...pattern].map((mark, index) => {
    const at = new Date(Date.UTC(2026, 4, 1, 10, 1) + index * step * 1000).toISOString()
    return `      - { at: ${at}, ok: ${mark === '.'} }\n`
  })
  return `    samples:\n${lines.join('')}`
}

export function read(runs: string, header = HEADER): Reading {
  const input = file(header + runs)
  expect(experimentLog.recognises(input)).toBe(true)
  return experimentLog.read(input)
}

export function runOf(runs: string): Run {
  const { facts, problems } = read(runs)
  expect(problems).toEqual([])
  const [fact] = facts
  if (fact?.fact !== 'run') throw new Error('no run was read')
  return fact
}
