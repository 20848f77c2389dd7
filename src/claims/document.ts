/** A Markdown document as its sections, its lines of text and its tables. */
import { Lexer, type Token, type Tokens } from 'marked'

/** A heading, a bold line that leads what follows, or a list item with items of its own. */
export interface Section {
  title: string
  line: number
  /** 1 to 6 of a heading, 7 of a leading line, more of list items. */
  level: number
  parent: Section | null
}

export interface TextLine {
  line: number
  text: string
  section: Section
  /** Lines of one paragraph, list or code block share it. */
  block: number
  isCode: boolean
  /** Of code, as its fence names it. */
  language?: string
  isItem: boolean
}

export interface Table {
  line: number
  section: Section
  header: string[]
  rows: { line: number; cells: string[] }[]
}

export interface Document {
  root: Section
  sections: Section[]
  lines: TextLine[]
  tables: Table[]
}

const LEAD = 7

/** Throws a RangeError for nesting or paragraphs beyond all reason. */
export function readDocument(text: string): Document {
  const reader = new Reader()
  reader.read(new Lexer({ gfm: true }).blockTokens(text.replace(/\r\n?/g, '\n'), []), 1)
  return reader.document
}

class Reader {
  readonly document: Document
  #section: Section
  #block = 0

  constructor() {
    const root: Section = { title: '', line: 1, level: 0, parent: null }
    this.document = { root, sections: [root], lines: [], tables: [] }
    this.#section = root
  }

  /** `line` is that of the first token. */
  read(tokens: Token[], line: number): void {
    let at = line
    for (const token of tokens) {
      this.#take(token, at)
      at += linesIn(token.raw)
    }
  }

  #take(token: Token, line: number): void {
    if (token.type === 'heading')
      this.#open(plain((token as Tokens.Heading).text), line, (token as Tokens.Heading).depth)
    else if (token.type === 'table') this.#table(token as Tokens.Table, line)
    else if (token.type === 'list') this.#list(token as Tokens.List, line)
    else if (token.type === 'code') this.#code(token as Tokens.Code, line)
    else if (token.type === 'blockquote') this.read((token as Tokens.Blockquote).tokens, line)
    else if (token.type === 'paragraph' || token.type === 'text' || token.type === 'html')
      this.#paragraph(token.raw, line)
  }

  #open(title: string, line: number, level: number): void {
    let parent: Section | null = this.#section
    while (parent !== null && parent.level >= level) parent = parent.parent
    const section = { title, line, level, parent: parent ?? this.document.root }
    this.document.sections.push(section)
    this.#section = section
  }

  /** A paragraph that only announces what follows leads it, until the next one. */
  #paragraph(raw: string, line: number): void {
    const written = raw.trim()
    const leads =
      !written.includes('\n') && (/:\W*$/u.test(written) || /^(\*\*|__)[^*]+\1\W*$/u.test(written))
    if (leads) this.#open(plain(written), line, LEAD)
    this.#add(raw, line, { isCode: false, isItem: false })
  }

  #code({ raw, text, lang }: Tokens.Code, line: number): void {
    const language = (lang ?? '').split(/[\s{,]/, 1)[0]!.toLowerCase()
    this.#add(text, /^ {0,3}(```|~~~)/.test(raw) ? line + 1 : line, { isCode: true, isItem: false, language })
  }

  #add(text: string, line: number, how: Pick<TextLine, 'isCode' | 'isItem' | 'language'>): void {
    const block = ++this.#block
    text.split('\n').forEach((written, index) => {
      const shown = how.isCode ? written.trimEnd() : plain(written)
      if (shown.trim() !== '')
        this.document.lines.push({ line: line + index, text: shown, section: this.#section, block, ...how })
    })
  }

  #list({ items }: Tokens.List, line: number): void {
    const block = ++this.#block
    const around = this.#section
    let at = line
    for (const item of items) {
      const [first, ...rest] = item.tokens
      const title = plain((first?.raw ?? '').split('\n', 1)[0]!)
      this.document.lines.push({ line: at, text: title, section: around, block, isCode: false, isItem: true })
      const inner = (first?.raw ?? '').split('\n').slice(1).join('\n')
      if (rest.length > 0 || inner.trim() !== '') {
        this.#open(title, at, Math.max(LEAD, around.level) + 1)
        if (inner.trim() !== '') this.#add(inner, at + 1, { isCode: false, isItem: false })
        this.read(rest, at + linesIn(first?.raw ?? ''))
      }
      this.#section = around
      at += linesIn(item.raw)
    }
  }

  #table({ header, rows }: Tokens.Table, line: number): void {
    this.document.tables.push({
      line,
      section: this.#section,
      header: header.map(({ text }) => plain(text)),
      rows: rows.map((cells, index) => ({
        line: line + 2 + index,
        cells: cells.map(({ text }) => plain(text)),
      })),
    })
  }
}

function linesIn(raw: string): number {
  let count = 0
  for (let at = raw.indexOf('\n'); at !== -1; at = raw.indexOf('\n', at + 1)) count++
  return count
}

/** Text without the marks of Markdown and the pictures that reports are adorned with. */
export function plain(markdown: string): string {
  return markdown
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/^\s*(?:#{1,6}|>)\s+/, '')
    .replace(/\*\*|__|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])/g, '')
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/[\p{Extended_Pictographic}\uFE0F\u2500-\u257F]/gu, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim()
}

/** A section and all it stands in, innermost first. */
export function around(section: Section): Section[] {
  const path: Section[] = []
  for (let at: Section | null = section; at !== null; at = at.parent) path.push(at)
  return path
}

export function isWithin(section: Section, outer: Section): boolean {
  return around(section).includes(outer)
}
