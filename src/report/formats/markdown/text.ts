/** Text of strangers in GitHub Markdown: it shows as it is, and makes no links, mentions, tables or markup. */
import { markup } from '../../templates.js'

type Markup = ReturnType<typeof markup>

/** A string in a view; templates escape it by themselves, helpers may ask for the raw text. */
export class MarkdownText {
  constructor(readonly raw: string) {}

  toString(): string {
    return this.raw
  }

  /** Called by the templates for everything they print. */
  toHTML(): string {
    return escapeMarkdown(this.raw)
  }
}

export function escapeMarkdown(text: string): string {
  return escapePart(text.trim())
}

function escapePart(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replace(/[\\`*[\]<>|~$]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replace(/^(?:[-+=](?=[-+=\s]|$)|#(?=#|\s|$))/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replaceAll('://', ':<!-- -->//')
    .replace(/\bwww\./gi, 'www<!-- -->.')
    .replace(/@(?=\w)/g, '@<!-- -->')
    .replace(/#(?=\d)/g, '#<!-- -->')
}

/** A literal such as a path, also inside a table cell. */
export function codeSpan(text: string): Markup {
  const line = oneLine(text)
  if (!/[`|\\<&]/.test(line)) return markup(`\`${line}\``)
  return markup(
    `<code>${line.replace(/[^\w \-/.,:;()=]|:(?=\/\/)|\.(?<=www\.)/giu, (character) => `&#${character.codePointAt(0)};`)}</code>`,
  )
}

/** Sentences in which `backticks` mark code. */
export function prose(text: string): Markup {
  const parts = text.trim().split(/`([^`]+)`/)
  return markup(
    parts.map((part, index) => (index % 2 === 0 ? escapePart(part) : codeSpan(part).toString())).join(''),
  )
}

/** Numbered lines of code, and how many were left out, fenced by more backticks than any line has. */
export function codeBlock(lines: { number: number; text: string; marked: boolean }[], more = 0): Markup {
  const width = String(lines.at(-1)?.number ?? 0).length
  const body = lines.map(({ number, text, marked }) =>
    `${marked ? '>' : ' '} ${String(number).padStart(width)}  ${text}`.trimEnd(),
  )
  const longest = Math.max(2, ...body.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)))
  const fence = '`'.repeat(longest + 1)
  const rest = more > 0 ? [`  ⋮ and ${more} more line${more === 1 ? '' : 's'}`] : []
  return markup([`${fence}text`, ...body.map(oneLine), ...rest, fence].join('\n'))
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}
