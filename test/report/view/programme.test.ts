import { describe, expect, it } from 'vitest'
import html from '../../../src/report/formats/html.js'
import markdown from '../../../src/report/formats/markdown.js'
import type { Result } from '../../../src/report/result.js'
import { viewResult } from '../../../src/report/view.js'
import { emptyResult, hostileName, sampleResult } from '../sample-result.js'

const BREACH = { rule: 'safety-limits', outcome: 'fail', message: 'latency 80ms (limit 50ms)' }

const full: Result = {
  ...sampleResult,
  runs: sampleResult.runs.map((run, index) => (index === 0 ? { ...run, safety: [BREACH] } : run)),
  programme: {
    requirements: [
      {
        id: 'REQ-1',
        title: 'Orders survive',
        state: 'failed',
        scenarios: [
          {
            experiment: sampleResult.experiments[0]!.id,
            runs: 2,
            newestValid: { run: sampleResult.runs[0]!.id, verdict: 'fail' },
          },
        ],
      },
      { id: hostileName, title: null, state: 'no scenario', scenarios: [] },
    ],
    withoutRequirement: ['elsewhere'],
    effort: [
      { status: 'planned', experiments: 2, low: 3, high: 4.5, unstated: 1 },
      { status: 'total', experiments: 2, low: 3, high: 4.5, unstated: 1 },
    ],
    gameDays: [
      {
        name: 'October',
        environment: 'staging',
        from: '2026-10-01T10:00:00.000Z',
        runs: [sampleResult.runs[0]!.id],
        faults: ['pod-kill'],
        overlapped: true,
        objectives: ['back in 20 min'],
        findings: [hostileName],
      },
    ],
    assumedEnds: null,
    policies: [{ environment: 'production', source: sampleResult.runs[0]!.source }],
  },
}

describe('the programme in a report', () => {
  it('is not there when there is nothing to say', () => {
    expect(viewResult(emptyResult, { findings: 10 }).programme).toBeNull()
  })

  it.each([
    ['markdown', markdown],
    ['html', html],
  ])('stands in %s as tables', async (_, renderer) => {
    const text = String(await renderer.render(full, { browser: null }))
    for (const words of [
      'REQ-1',
      'Orders survive',
      'no scenario',
      '4.5',
      'October',
      'back in 20 min',
      'latency 80ms (limit 50ms)',
    ])
      expect(text).toContain(words)
    expect(text).not.toContain('<script>alert(1)</script>')
  })
})
