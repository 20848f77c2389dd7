import { describe, expect, it } from 'vitest'
import markdown from '../../../src/report/formats/markdown.js'
import { codeBlock, codeSpan, escapeMarkdown, prose } from '../../../src/report/formats/markdown/text.js'
import type { Result } from '../../../src/report/result.js'
import { dormantResult, emptyResult, hostileResult, sampleResult } from '../sample-result.js'

const render = async (result: Result): Promise<string> =>
  String(await markdown.render(result, { browser: null }))
/** Cells of a table row; escaped bars are no borders. */
const cellsOf = (row: string): number => row.split(/(?<!\\)\|/).length

describe('the Markdown report', async () => {
  const text = await render(sampleResult)

  it('leads from the blocker to its finding, and says what happens if it stays', () => {
    expect(text).toContain(
      '1. [F1](#f1) An outbound call waits without a limit — checkout, `services/checkout/src/payment.ts:14`<br>If left: ',
    )
    expect(text).toContain('<a id="f1"></a>')
  })

  it('says of dormant code that it is judged as written', async () => {
    const dormant = await render(dormantResult('cache-ttl-jitter', 'nothing in this system calls `remember`'))
    expect(dormant).toContain('\nAs written only: nothing in this system calls `remember`.\n')
    expect(text).not.toContain('As written only')
  })

  it('draws each chain with what is missing on the link', () => {
    expect(text.match(/```mermaid/g)).toHaveLength(3)
    expect(text).toContain('n0 -->|"1<br>no http timeout<br>retry backoff inert<br>no circuit breaker"| n1')
    expect(text).toContain('n1 -.->|"2"| n2')
  })

  it('tells a chain that nobody would notice from one of which that is not known', async () => {
    const quiet = sampleResult.chains.find(({ noticed }) => noticed === 'no')!
    const told = async (noticed: 'no' | 'unknown'): Promise<string> =>
      render({ ...sampleResult, chains: [{ ...quiet, noticed }] })
    expect(await told('no')).toContain('**No alert that covers it was found.**')
    expect(await told('no')).toContain('| **no alert** |')
    expect(await told('unknown')).toContain('**Not known.**')
    expect(await told('unknown')).toContain('| not known |')
    expect(await told('unknown')).not.toMatch(/no alert\*\*|No alert that covers it was found/)
  })

  it('has no table for an experiment of which no run counts', async () => {
    const [group] = sampleResult.recovery
    const passRate = { ...group!.passRate, passed: 0, n: 0, value: null, low: null, high: null }
    const none = {
      ...group!,
      n: 0,
      recovered: 0,
      absorbed: 0,
      censored: 0,
      unknown: 0,
      excluded: 2,
      passRate,
      runs: [],
    }
    const told = await render({ ...sampleResult, recovery: [none] })
    expect(told).toContain(
      'No run that counts: 2 runs excluded: invalid, or with neither a verdict nor a recovery.',
    )
    expect(told).not.toContain('0 runs')
  })

  it('tells the range of a time budget that is not one number', async () => {
    const [chain] = sampleResult.chains
    const budget = {
      slackSeconds: null,
      atLeastSeconds: -1,
      atMostSeconds: 4,
      reason: 'between -1 s and 4 s: web waits 3 s or 5 s',
    }
    const text = await render({ ...sampleResult, chains: [{ ...chain!, budget }] })
    expect(text).toContain('- Time budget: between -1 s and 4 s: web waits 3 s or 5 s')
  })

  it('asks the questions for the review, counted on the first page, and says when there are none', async () => {
    expect(text).toContain('; for the rest there are [2 questions for the review](#questions).')
    expect(text).toContain('#### Q1 medium: What stops the calls to this dependency while it is down?')
    expect(text).toContain(
      '- **At worst:** medium: A failing dependency is called on and on (1 check, `circuit-breaker`)',
    )
    expect(text).toMatch(/^- \*\*Stays open:\*\* \[C\d\]\(#c\d\) /m)
    expect(text).toContain('  - `services/catalogue/src/search.ts:9` A failing dependency')
    const none = await render(emptyResult)
    expect(none).toContain('None: no check was left undecided.')
    expect(none).not.toContain('for the review](#questions).')
  })

  it('does not call a result without questions one without unknowns', async () => {
    const old = await render({ ...sampleResult, questions: [] })
    expect(old).toContain('3 checks could not be decided, and this result has no questions for them')
  })

  it('makes no list and no markup of names in a flowchart', async () => {
    const renamed = structuredClone(sampleResult)
    for (const [index, component] of renamed.system.components.entries())
      component.name = `${index + 1}. "name" | [${index}]`
    const boxes = (await render(renamed)).match(/^ {2}n\d+\["(.*)"\]$/gm) ?? []
    expect(boxes.length).toBeGreaterThan(2)
    for (const box of boxes) expect(box).toMatch(/\["\d#46; #34;name#34; #124; #91;\d#93;"\]$/)
  })

  it.each([
    ['the sample', sampleResult],
    ['hostile names', hostileResult()],
    ['an empty result', emptyResult],
  ])('keeps every table whole: %s', async (_, result) => {
    const lines = (await render(result)).split('\n')
    let columns: number | null = null
    for (const line of lines) {
      if (!line.startsWith('|')) columns = null
      else if (columns === null) columns = cellsOf(line)
      else expect([line, cellsOf(line)]).toEqual([line, columns])
    }
  })

  it('makes no markup of hostile names', async () => {
    const outsideCode = (await render(hostileResult())).replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '')
    expect(outsideCode).not.toMatch(/(?<!\\)<script/)
    expect(outsideCode).not.toMatch(/(?<!\\)\]\((?!#)/)
    expect(outsideCode).not.toMatch(/@all|http:\/\/evil/)
  })

  it('cuts the long tail to stay below what GitHub shows, and says how many', async () => {
    const [first] = sampleResult.checks
    if (!first) throw new Error('the sample has no check')
    const checks = Array.from({ length: 3000 }, (_, index) => ({
      ...first,
      fingerprint: `f${index}`,
      source: { ...first.source, line: index + 1 },
    }))
    const long = await render({ ...sampleResult, checks })
    expect(Buffer.byteLength(long)).toBeLessThan(900_000)
    const described = long.match(/<a id="f\d+">/g)?.length ?? 0
    expect(described).toBeGreaterThan(100)
    expect(long).toContain(
      `**${3000 - described} findings of lower rank are not described here.** All are in \`report.json\`.`,
    )
  })

  it('prints no word of the program instead of a figure', async () => {
    for (const result of [sampleResult, emptyResult])
      expect(await render(result)).not.toMatch(/undefined|\[object|NaN|null/)
  })
})

describe('text in Markdown', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['`x` <b> [y](z)', '\\`x\\` \\<b\\> \\[y\\](z)'],
    ['snake_case and _this_', 'snake_case and \\_this\\_'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['61.4', '61.4'],
    ['two\nlines', 'two lines'],
    ['@team #12', '@<!-- -->team #<!-- -->12'],
  ])('%j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped)
  })

  it('keeps literals in code, with entities where backticks cannot', () => {
    expect(codeSpan('src/a.ts:1').toString()).toBe('`src/a.ts:1`')
    expect(codeSpan('a|`b`').toString()).toBe('<code>a&#124;&#96;b&#96;</code>')
  })

  it('lets backticks mark code in sentences', () => {
    expect(prose('Set `a|b` to *1*').toString()).toBe('Set <code>a&#124;b</code> to \\*1\\*')
  })

  it('fences code by more backticks than it holds', () => {
    const block = codeBlock([{ number: 9, text: '````', marked: true }]).toString()
    expect(block).toBe('`````text\n> 9  ````\n`````')
  })
})
