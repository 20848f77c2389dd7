import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser, type Browser } from '../../../src/report/browser.js'
import { printPage } from '../../../src/report/browser/print.js'
import pdf from '../../../src/report/formats/pdf.js'
import { fixDates, hasFonts, pagesOfAnchors } from '../../../src/report/pdf/file.js'
import { emptyResult, hostileResult, sampleResult } from '../sample-result.js'

/** Only the Chromium that comes with the packages: what it does holds on every machine. */
const { HOME, XDG_CACHE_HOME } = process.env
const frame = { header: '<span></span>', footer: '<span></span>' }
let browser: Browser

beforeAll(async () => {
  browser = await startBrowser({ environment: { HOME, XDG_CACHE_HOME, PATH: '' } })
}, 60_000)
afterAll(() => browser.close())

const render = async (result = sampleResult): Promise<Buffer> =>
  Buffer.from(await pdf.render(result, { browser: Promise.resolve(browser) }))
const pagesOf = (file: Buffer): number => file.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0

describe('the PDF report', () => {
  it('holds text, pages, an outline and the structure that screen readers need', async () => {
    const file = await render()
    const text = file.toString('latin1')
    expect(hasFonts(file)).toBe(true)
    expect(pagesOf(file)).toBeGreaterThan(8)
    for (const part of ['/Outlines', '/StructTreeRoot', '/Title']) expect(text).toContain(part)
  })

  it('knows the page of every part', async () => {
    const pages = pagesOfAnchors(await render())
    const order = ['coverage', 'chains', 'findings', 'experiments', 'system', 'score', 'rules', 'inputs'].map(
      (part) => pages.get(part) ?? 0,
    )
    // Behind the first page, right after the contents.
    expect(order[0]).toBe(2)
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(pages.get('f1')).toBeGreaterThanOrEqual(pages.get('findings') ?? Infinity)
  })

  it('is the same twice', async () => {
    expect((await render()).equals(await render())).toBe(true)
  })

  it.each([
    ['hostile names', hostileResult()],
    ['an empty result', emptyResult],
  ])('prints %s', async (_, result) => {
    expect(hasFonts(await render(result))).toBe(true)
  })

  it('says what is missing without a browser', async () => {
    await expect(pdf.render(sampleResult, { browser: null })).rejects.toThrow('needs a browser')
  })
})

describe('a hostile page', () => {
  const asked: string[] = []
  let server: Server
  let canary = ''

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end('canary')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    canary = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  it('asks for nothing and runs nothing', async () => {
    const page = await browser.newPage()
    const html = `<link rel=prefetch href="${canary}/prefetch"><link rel=stylesheet href="${canary}/style"><script>fetch('${canary}/script')</script><img src="${canary}/image"><iframe src="${canary}/frame"></iframe><object data="${canary}/object"></object>text`
    expect(hasFonts(await printPage(page, html, frame))).toBe(true)
    await page.close()
    expect(asked).toEqual([])
  })

  it('is not printed once it has replaced itself', async () => {
    const page = await browser.newPage()
    const html = `<meta http-equiv=refresh content="0;url=${canary}/refresh">text`
    const printed = await printPage(page, html, frame).then(
      () => 'printed',
      (error: unknown) => String(error),
    )
    await page.close()
    expect(asked).toEqual([])
    expect(printed).toMatch(/replaced|printed/)
  })
})

describe('a PDF file', () => {
  it('shows by its fonts whether it holds text', async () => {
    const page = await browser.newPage()
    expect(hasFonts(await printPage(page, '<p></p>', frame))).toBe(false)
    await page.close()
  })

  it('takes its dates from the report', () => {
    const file = Buffer.from(
      "<</CreationDate (D:20300101000000+00'00')\n/ModDate (D:20300101000000+00'00')>>",
    )
    expect(Buffer.from(fixDates(file, new Date('2026-11-01T08:00:00Z'))).toString()).toBe(
      "<</CreationDate (D:20261101080000+00'00')\n/ModDate (D:20261101080000+00'00')>>",
    )
  })
})
