/** Prints one HTML text to PDF. Several layers keep a hostile page in: no scripts, no requests, no navigation. */
import type { Page } from 'puppeteer'

const TIMEOUT = 60_000

export interface Frame {
  /** HTML of the running header and footer. */
  header: string
  footer: string
}

export async function printPage(page: Page, html: string, frame: Frame): Promise<Uint8Array> {
  await page.setJavaScriptEnabled(false)
  await refuseRequests(page)
  await page.setContent(html, { waitUntil: 'load', timeout: TIMEOUT })
  requireBlank(page)
  const pdf = await page.pdf({
    format: 'A4',
    preferCSSPageSize: true,
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: frame.header,
    footerTemplate: frame.footer,
    outline: true,
    tagged: true,
    timeout: TIMEOUT,
  })
  requireBlank(page)
  return pdf
}

async function refuseRequests(page: Page): Promise<void> {
  if (page.listenerCount('request') > 0) return
  page.on('request', (request) => void request.abort().catch(() => undefined))
  await page.setRequestInterception(true)
}

/** A page that navigated away (by a meta refresh, say) is not the report. */
function requireBlank(page: Page): void {
  if (page.url() !== 'about:blank')
    throw new Error(`the page to print was replaced by ${page.url().slice(0, 100)}; nothing was printed`)
}
