/** The HTML document: one file without scripts, for the screen and, with page numbers, for paper. */
import { htmlHelpers } from './html-helpers.js'
import { drawChain } from './pictures/chain.js'
import { drawSurvival } from './pictures/survival.js'
import { drawSystem } from './pictures/system.js'
import type { Result } from './result.js'
import { compileTemplate, markup, readTemplateText } from './templates.js'
import { viewResult, type View } from './view.js'

export type Pages = ReadonlyMap<string, number>

/** Above this many findings a document nobody reads to its end names the rest and leaves them to report.json. */
const FINDINGS = 1000

/** Where the number of an anchor's page goes; texts of strangers are escaped and cannot hold it. */
const PAGE = /<!--page ([\w-]+)-->/g

export interface HtmlDocument {
  view: View
  /** The page, with the page number of each anchor in its contents when they are known. */
  html(pages?: Pages): string
}

const documents = new WeakMap<Result, Promise<HtmlDocument>>()

/** Built once for the formats that share it. */
export function documentOf(result: Result): Promise<HtmlDocument> {
  let document = documents.get(result)
  if (!document) documents.set(result, (document = buildDocument(result)))
  return document
}

async function buildDocument(result: Result): Promise<HtmlDocument> {
  const view = viewResult(result, { findings: FINDINGS })
  const pictures = await drawPictures(view)
  const style = readTemplateText('report.css')
  const text = compileTemplate('report.html', {
    ...htmlHelpers,
    style: () => markup(style),
    picture: (name: string) => markup(pictures.get(name) ?? ''),
    hasPicture: (name: string) => pictures.has(name),
    page: (anchor: string) => markup(`<!--page ${anchor}-->`),
  })(view)
  const html = (pages: Pages = new Map()): string =>
    text.replace(PAGE, (_, anchor: string) => String(pages.get(anchor) ?? ''))
  return { view, html }
}

/** Pictures by name: `chain C1`, `recovery 0`, `system`. */
async function drawPictures(view: View): Promise<Map<string, string>> {
  const drawn = await Promise.all([
    ...view.cards.map(async (chain) => [`chain ${chain.id}`, await drawChain(chain)] as const),
    ...view.recovery.map(async (group, index) => [`recovery ${index}`, await drawSurvival(group)] as const),
    drawSystem(view.system).then((picture) => ['system', picture] as const),
  ])
  return new Map(drawn.flatMap(([name, picture]) => (picture === null ? [] : [[name, picture]])))
}
