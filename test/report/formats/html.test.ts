import { describe, expect, it } from 'vitest'
import html from '../../../src/report/formats/html.js'
import type { Result } from '../../../src/report/result.js'
import { dormantResult, emptyResult, hostileResult, sampleResult } from '../sample-result.js'

const render = async (result: Result): Promise<string> => String(await html.render(result, { browser: null }))
const tagsOf = (page: string): string[] =>
  [...new Set([...page.matchAll(/<([a-zA-Z]+)/g)].map(([, tag]) => tag ?? ''))].sort()

describe('the HTML report', async () => {
  const page = await render(sampleResult)

  it('says verdict, blocker and score first', () => {
    const front = page.slice(0, page.indexOf('<nav'))
    for (const words of [
      'NO-GO',
      'An outbound call waits without a limit',
      'payment.ts:14',
      '61.4',
      'coverage 75%',
    ]) {
      expect(front).toContain(words)
    }
  })

  it('says of dormant code that it is judged as written', async () => {
    const dormant = await render(dormantResult('cache-ttl-jitter', 'nothing in this system calls `remember`'))
    expect(dormant).toMatch(/<p>As written only: nothing in this system calls <code>remember<\/code>\.<\/p>/)
    expect(page).not.toContain('As written only')
  })

  it('tells the coverage before the findings', () => {
    expect(page.indexOf('id="coverage"')).toBeGreaterThan(0)
    expect(page.indexOf('id="coverage"')).toBeLessThan(page.indexOf('id="findings"'))
  })

  it('has a place for every link, once', () => {
    const anchors = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(anchors).size).toBe(anchors.length)
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, link]) => link ?? '')
    expect(links.length).toBeGreaterThan(20)
    for (const link of links) expect(anchors).toContain(link.replace(/^#/, ''))
  })

  it('draws chains, the system and the one survival curve that falls', () => {
    expect(page.match(/<svg/g)).toHaveLength(3 + 1 + 1)
  })

  it('asks for nothing outside and runs nothing', () => {
    expect(tagsOf(page)).not.toContain('script')
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/(?:src|href)="(?!#)|url\(|@import/)
  })

  it('prints no word of the program instead of a figure', () => {
    expect(page).not.toMatch(/undefined|\[object|NaN|null/)
  })

  it('is the same twice', async () => {
    expect(await render(sampleResult)).toBe(page)
  })

  it('shows hostile names and obeys none', async () => {
    const hostile = await render(hostileResult())
    expect(tagsOf(hostile)).toEqual(tagsOf(page))
    expect(hostile).toContain('&lt;script&gt;alert(1)')
    expect(hostile).toContain('⟨U+202E⟩')
    expect(hostile).not.toMatch(/href="(?!#)/)
  })

  it('says so when nothing was found', async () => {
    const empty = await render(emptyResult)
    for (const words of [
      'INCOMPLETE',
      'This is not a GO',
      'No failure chain was found',
      'No check failed',
      'Not scored',
      'No recovery was measured',
    ]) {
      expect(empty).toContain(words)
    }
    expect(empty).not.toMatch(/undefined|\[object|NaN|null/)
  })
})
