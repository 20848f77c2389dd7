import { describe, expect, it } from 'vitest'
import type { SafetyPolicy } from '../../../src/facts/safety-policy.js'
import { assumedEnds } from '../../../src/system/safety/unrecorded-end.js'
import { at, run } from '../facts.js'

const policy = (over: Partial<SafetyPolicy>): SafetyPolicy => ({
  fact: 'safety-policy',
  source: at('chaos/policy.yaml'),
  environment: 'staging',
  forbidden: false,
  limits: [],
  maxTargets: null,
  maxConcurrent: null,
  forbiddenWindows: [],
  requires: [],
  approvers: [],
  minErrorBudget: null,
  minDaysSinceIncident: null,
  abortWhen: [],
  ...over,
})

const startedAt = '2026-10-20T10:00:00.000Z'
const unknown = {
  kind: 'unknown',
  seconds: null,
  low: null,
  high: null,
  from: null,
  reason: 'not recorded',
} as const
const open = run('open', { startedAt, endedAt: null, faultStart: null, faultEnd: null, recovery: unknown })
const ended = run('ended', { startedAt, endedAt: '2026-10-20T10:10:00.000Z' })

describe('runs without a recorded end', () => {
  it('are counted with the figure and its reason where a policy asks when they went on', () => {
    const assumed = assumedEnds([open, ended], [policy({ maxConcurrent: 1 })])
    expect(assumed).toMatchObject({ runs: 1, hours: 8, because: expect.stringMatching(/working day/) })
  })

  it('are of no account where nothing asks for their time', () => {
    expect(assumedEnds([open, ended], [policy({ maxTargets: 1 })])).toBeNull()
    expect(assumedEnds([ended], [policy({ maxConcurrent: 1 })])).toBeNull()
    expect(assumedEnds([open], [policy({ environment: 'production', maxConcurrent: 1 })])).toBeNull()
    expect(assumedEnds([open], [policy({ environment: '*', maxConcurrent: 1 })])?.runs).toBe(1)
  })
})
