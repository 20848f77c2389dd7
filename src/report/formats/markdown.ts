/** `report.md` in GitHub Markdown, below the size that GitHub shows. */
import type { Renderer } from '../renderer.js'
import type { Result } from '../result.js'
import { compileTemplate, markup } from '../templates.js'
import type { ChainView } from '../view/chains.js'
import { asSentence } from '../view/figures.js'
import { viewResult } from '../view.js'
import { chainFlowchart } from './markdown/mermaid.js'
import { codeBlock, codeSpan, MarkdownText, prose } from './markdown/text.js'

/** GitHub drops a summary above 1 MiB as a whole. */
const LARGEST = 900_000

/** Tried in turn until the document is small enough: findings described in full, rows of any other list. */
const LIMITS = [
  { findings: 1000, rows: 1000 },
  { findings: 400, rows: 400 },
  { findings: 150, rows: 150 },
  { findings: 50, rows: 50 },
  { findings: 10, rows: 10 },
]

interface ExcerptLine {
  number: number
  text: unknown
  marked: boolean
}

const markdown: Renderer = {
  name: 'markdown',
  extension: 'md',
  render: (result) => {
    for (const limits of LIMITS) {
      const text = renderWithin(result, limits)
      if (Buffer.byteLength(text) <= LARGEST) return Promise.resolve(text)
    }
    return Promise.reject(
      new Error('the report is larger than GitHub renders, even when shortened; use html, pdf or json'),
    )
  },
}

function renderWithin(result: Result, limits: { findings: number; rows: number }): string {
  const view = viewResult(result, limits)
  const flowcharts = new Map(view.cards.map((chain: ChainView) => [chain.id, chainFlowchart(chain)]))
  let shortened = false
  const prepared = prepare(view, limits.rows, () => (shortened = true))
  const template = compileTemplate('report.md', {
    code: (text: unknown) => codeSpan(String(text)),
    prose: (text: unknown) => prose(String(text)),
    sentence: (text: unknown) => prose(asSentence(String(text))),
    excerpt: ({ lines, more }: { lines: ExcerptLine[]; more: number }) =>
      codeBlock(
        lines.map((line) => ({ ...line, text: String(line.text) })),
        more,
      ),
    list: (values: unknown[]) => new MarkdownText(values.map(String).join(', ')),
    flowchart: (id: unknown) => markup(flowcharts.get(String(id)) ?? ''),
  })
  return tidy(template({ ...prepared, shortened, rows: limits.rows }))
}

/** The view with every text escaping itself, and no list longer than `rows`. */
function prepare(value: object, rows: number, onCut: () => void): object {
  const visit = (item: unknown): unknown => {
    if (typeof item === 'string') return item === '' ? '' : new MarkdownText(item)
    if (typeof item !== 'object' || item === null) return item
    if (!Array.isArray(item)) return prepare(item, rows, onCut)
    if (item.length > rows) onCut()
    return item.slice(0, rows).map(visit)
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]))
}

/** Templates leave blank lines where a part is absent. */
function tidy(text: string): string {
  return `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`
}

export default markdown
