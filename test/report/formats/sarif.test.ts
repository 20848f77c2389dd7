import type { Log } from 'sarif'
import { describe, expect, it } from 'vitest'
import sarif from '../../../src/report/formats/sarif.js'
import type { Result } from '../../../src/report/result.js'
import { dormantResult, emptyResult, hostileResult, sampleResult } from '../sample-result.js'

async function render(result: Result) {
  const log: Log = JSON.parse(String(await sarif.render(result, { browser: null })))
  const [run] = log.runs
  if (!run) throw new Error('no run')
  return { log, run, results: run.results ?? [], rules: run.tool.driver.rules ?? [] }
}

describe('the SARIF report', async () => {
  const { log, run, results, rules } = await render(sampleResult)

  it('is SARIF 2.1.0 with one run', () => {
    expect(log.version).toBe('2.1.0')
    expect(log.runs).toHaveLength(1)
    expect(run.originalUriBaseIds).toHaveProperty('SRCROOT')
  })

  it('declares every rule asked, with help', () => {
    expect(rules.map(({ id }) => id)).toEqual(sampleResult.rules.map(({ id }) => id))
    for (const rule of rules) expect(rule.help?.text.length).toBeGreaterThan(20)
  })

  it('has one result for each failed check, pointing at its declared rule', () => {
    expect(results).toHaveLength(8)
    for (const result of results) {
      expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId)
      expect(result.partialFingerprints).toHaveProperty('resilienceReport/v1')
      expect(result.locations?.[0]?.physicalLocation?.artifactLocation).toMatchObject({
        uriBaseId: 'SRCROOT',
      })
    }
  })

  it('tells level, place and baseline of a finding', () => {
    expect(results.find(({ ruleId }) => ruleId === 'http-timeout')).toMatchObject({
      level: 'error',
      baselineState: 'unchanged',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'services/checkout/src/payment.ts' },
            region: { startLine: 14, endLine: 16 },
          },
        },
      ],
    })
    expect(results.find(({ ruleId }) => ruleId === 'alert-runbook')).not.toHaveProperty('baselineState')
  })

  it('suppresses what is waived, and no longer when the waiver has expired', () => {
    expect(results.find(({ ruleId }) => ruleId === 'replicas')?.suppressions).toMatchObject([
      { kind: 'external', status: 'accepted' },
    ])
    expect(results.find(({ ruleId }) => ruleId === 'alert-runbook')?.suppressions).toEqual([])
  })

  it('says of dormant code that it is judged as written', async () => {
    const { results } = await render(
      dormantResult('cache-ttl-jitter', 'nothing in this system calls `remember`'),
    )
    const { message, level } = results.find(({ ruleId }) => ruleId === 'cache-ttl-jitter')!
    expect(message.text).toMatch(/As written only: nothing in this system calls `?remember`?\.$/)
    expect(level).toBe('note')
  })

  it('keeps an empty list of results, so that fixed alerts close', async () => {
    expect((await render(emptyResult)).run.results).toEqual([])
  })

  it('makes neither links nor foreign addresses of hostile names', async () => {
    const hostile = await render(hostileResult())
    for (const { message, locations } of hostile.results) {
      expect(message.text).not.toMatch(/(?<!\\)\[/)
      expect(locations?.[0]?.physicalLocation?.artifactLocation?.uri).toMatch(/^[\w./%!~*'()-]+$/)
    }
  })

  it('declares the rule of a finding even when the list of rules lacks it', async () => {
    const lacking = await render({ ...sampleResult, rules: [] })
    expect(lacking.rules.map(({ id }) => id)).toContain('http-timeout')
  })
})
