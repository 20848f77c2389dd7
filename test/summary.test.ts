import { describe, expect, it } from 'vitest'
import type { Result } from '../src/report/result.js'
import { summaryOf } from '../src/summary.js'
import { emptyResult, sampleResult } from './report/sample-result.js'

const quiet = { verbose: false, colours: false }

describe('the summary of a run', () => {
  it('says the verdict with its reasons first, and counts as the report does', () => {
    const lines = summaryOf(sampleResult, [], [], quiet).split('\n')
    const { subject, verdict, verdictReasons, coverage } = sampleResult
    expect(lines[0]).toBe(`${subject.name}: ${verdict} – ${verdictReasons.join('; ')}`)
    expect(lines[1]).toContain(`${coverage.files.found} files: ${coverage.files.parsed} parsed`)
    expect(summaryOf(sampleResult, [], [], quiet)).toContain(
      'questions  2 for the review (at worst 2 medium)',
    )
    expect(lines[2]).toContain(`${coverage.checks.fail} failed, ${coverage.checks.unknown} unknown`)
  })

  it('of nothing invents nothing', () => {
    const nothing: Result = {
      ...emptyResult,
      score: { ...emptyResult.score, value: null, low: 0, high: 100 },
    }
    const text = summaryOf(nothing, [], [], quiet)
    expect(text).toContain('questions  none open')
    expect(text).toContain('chains     none found')
    expect(text).toContain(
      'score      unknown of 100 (between 0 and 100, depending on the unanswered checks)',
    )
    expect(text).toContain('findings   0 critical, 0 high, 0 medium, 0 low')
  })

  it('leaves accepted findings out, and counts those whose waiver has run out', () => {
    const check = { ...sampleResult.checks[0]!, outcome: 'fail' as const, severity: 'low' as const }
    const waiver = { reason: 'r', owner: 'o', expires: '2027-01-01', expired: false }
    const checks = [check, { ...check, waiver }, { ...check, waiver: { ...waiver, expired: true } }].map(
      (each, index) => ({
        ...each,
        waiver: index === 0 ? null : each.waiver,
      }),
    )
    expect(summaryOf({ ...sampleResult, checks }, [], [], quiet)).toContain(
      'findings   0 critical, 0 high, 0 medium, 2 low',
    )
  })

  it('shows ten blockers and says how many more there are', () => {
    const checks = Array.from({ length: 12 }, (_, index) => ({
      ...sampleResult.checks[0]!,
      outcome: 'fail' as const,
      waiver: null,
      fingerprint: `f${index}`,
    }))
    const text = summaryOf(
      { ...sampleResult, checks, blockers: checks.map((each) => each.fingerprint) },
      [],
      [],
      quiet,
    )
    expect(text.match(/^ {2}blocker /gm)).toHaveLength(10)
    expect(text).toContain('and 2 more in the report')
  })

  it('lists inputs when asked, what closes the gate, and what was written', () => {
    const text = summaryOf(sampleResult, ['reports/shop/report.md'], ['score 50 is below 60'], {
      ...quiet,
      verbose: true,
    })
    for (const { path } of sampleResult.inputs) expect(text).toContain(path)
    expect(text).toContain('  gate       score 50 is below 60\n  wrote      reports/shop/report.md\n')
    expect(summaryOf(sampleResult, [], [], quiet)).not.toMatch(/^ {2}parsed /m)
  })

  it('lets no name speak to the terminal, or add a line', () => {
    const name = 'shop\u001b[2J\u001b]0;title\u0007\r\n  gate       holds'
    const hostile: Result = {
      ...sampleResult,
      subject: { ...sampleResult.subject, name },
      blockers: ['f'],
      checks: [
        { ...sampleResult.checks[0]!, outcome: 'fail', waiver: null, fingerprint: 'f', subject: name },
      ],
      inputs: [{ path: name, format: 'kubernetes', status: 'failed', reason: name, sha256: null }],
    }
    const text = summaryOf(hostile, [], [], { verbose: true, colours: false })
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    expect(text).not.toMatch(/^ {2}gate/m)
  })

  it('has colours only when they are wanted', () => {
    expect(summaryOf(sampleResult, [], [], { ...quiet, colours: true })).toContain('\u001b[')
    expect(summaryOf(sampleResult, [], [], quiet)).not.toContain('\u001b[')
  })
})
