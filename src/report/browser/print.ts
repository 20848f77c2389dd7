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
  const goals = await refuseRequests(page)
  const pdf = await print(page, html, frame).catch((error: unknown) => {
    refuseReplaced(page, goals)
    throw error
  })
  refuseReplaced(page, goals)
  return pdf
}

async function print(page: Page, html: string, { header, footer }: Frame): Promise<Uint8Array> {
  await page.setContent(html, { waitUntil: 'load', timeout: TIMEOUT })
  return page.pdf({
    format: 'A4',
    preferCSSPageSize: true,
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: header,
    footerTemplate: footer,
    outline: true,
    tagged: true,
    timeout: TIMEOUT,
  })
}

/** Where the page itself tried to go, so far. */
async function refuseRequests(page: Page): Promise<string[]> {
  const goals: string[] = []
  page.removeAllListeners('request')
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) goals.push(request.url())
    request.abort().catch(() => undefined)
  })
  await page.setRequestInterception(true)
  return goals
}

/** A page that tries to go elsewhere (by a meta refresh, say) is not the report: printing it may end in any error. */
function refuseReplaced(page: Page, goals: string[]): void {
  const goal = goals[0] ?? (page.url() === 'about:blank' ? null : page.url())
  if (goal !== null)
    throw new Error(`the page to print was replaced by ${goal.slice(0, 100)}; nothing was printed`)
}
