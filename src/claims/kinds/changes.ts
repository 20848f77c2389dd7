/** Stated differences: a column beside the two values, or a sentence `from 45 s to 30 s (-33 %)`. */
import type { Claim } from '../claim.js'
import type { TextLine } from '../document.js'
import { overlaps, show, showAs, spread, type Quantity, type Range } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

export function checkChanges(survey: Survey): Claim[] {
  return [...inTables(survey), ...inSentences(survey)]
}

function inTables({ document, reader, words }: Survey): Claim[] {
  return document.tables.flatMap(({ header, rows }) => {
    const column = (list: 'before' | 'during' | 'change') =>
      header.findIndex((title, index) => index > 0 && words.has(list, title))
    const [change, before] = [column('change'), column('before')]
    const during = header.findIndex(
      (title, index) => index > 0 && index !== change && index !== before && words.has('during', title),
    )
    if (change < 0 || before < 0 || during < 0 || change === before) return []
    const values = header.filter((title, index) => index > 0 && words.has('during', title))
    // Of several values afterwards, or several before, nothing says which the change is of.
    if (values.length > 1 || header.filter((title) => words.has('before', title)).length > 1) return []
    return rows.flatMap(({ line, cells }) => {
      const [from, to, stated] = [before, during, change].map((index) => sole(reader.in(cells[index] ?? '')))
      if (from && to && !isSameUnit(from, cells[before]!, to, cells[during]!)) return []
      const at = { line, text: cells.join(' | ') }
      return from && to && stated ? (changeClaim(at, from, to, stated) ?? []) : []
    })
  })
}

/** `2 MB` and `100 KB` are no two of one thing. */
function isSameUnit(from: Quantity, before: string, to: Quantity, after: string): boolean {
  const unitAt = (text: string, { end }: Quantity) => /^\s?[\p{L}%/]*/u.exec(text.slice(end))![0].trim()
  return from.dimension !== 'number' || unitAt(before, from) === unitAt(after, to)
}

function sole(quantities: Quantity[]): Quantity | null {
  const [first, more] = quantities
  return first && !more && first.low === first.high && first.bound === null ? first : null
}

/** As a difference or relative, whichever fits: percentages of percentages may be meant either way. */
function changeClaim(
  at: { line: number; text: string },
  from: Quantity,
  to: Quantity,
  stated: Quantity,
): Claim | null {
  if (from.dimension !== to.dimension || from.isAbout || to.isAbout || stated.isAbout) return null
  const value = to.low - from.low
  const isRelative = stated.dimension === 'percent' && from.low > 0
  const isAbsolute = stated.dimension === from.dimension
  if (!isRelative && !isAbsolute) return null
  const relative = isRelative ? relativeRange(from, to) : null
  const absolute = isAbsolute ? differenceRange(from, to) : null
  const holds = [relative, absolute].some((range) => range !== null && fits(stated, range))
  const percent = from.low > 0 ? `${signed((100 * value) / from.low)} %` : null
  const difference = `${value > 0 ? '+' : ''}${showAs(value, from.dimension)}${from.dimension === 'percent' ? '-points' : ''}`
  const both =
    isAbsolute && isRelative && percent
      ? `${difference}, ${percent} relative`
      : isRelative
        ? percent!
        : difference
  return claim('change', at, {
    stated: stated.text,
    recomputed: both,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${from.text} to ${to.text} is ${both}${holds ? '' : `, not ${stated.text}`}`,
  })
}

/** Without a sign the direction is told in words. */
function fits(stated: Quantity, range: Range): boolean {
  if (overlaps(spread(stated), range)) return true
  return !stated.signed && overlaps(spread(stated), { low: -range.high, high: -range.low })
}

function differenceRange(from: Quantity, to: Quantity): Range {
  return { low: spread(to).low - spread(from).high, high: spread(to).high - spread(from).low }
}

function relativeRange(from: Quantity, to: Quantity): Range {
  const [a, b] = [spread(from), spread(to)]
  return { low: 100 * (b.low / a.high - 1), high: a.low > 0 ? 100 * (b.high / a.low - 1) : Infinity }
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${show(value)}`
}

/** `from 45 s to 30 s (-33 %)`. */
function fromToPattern(words: Survey['words']): RegExp {
  const from = String.raw`\b${words.either('changeFrom')}\s+[^,;.()]{0,12}?(?<from>\d[^,;()→]{0,24}?)`
  const to = String.raw`\s+${words.either('changeTo')}\s+(?<to>\d[^,;()]{0,24}?)`
  const change = String.raw`\s*[(,]\s*(?<change>${words.either('changeBy')}?\s*[+\u2212-]?\d[\d.,]*\s?%)(?<rest>[^)]*)`
  return new RegExp(from + to + change, 'giu')
}

function inSentences({ document, reader, words }: Survey): Claim[] {
  const lines = document.lines.filter(({ text }) => text.length <= 500 && !words.has('elsewhere', text))
  const pattern = fromToPattern(words)
  return lines.flatMap((line) =>
    [...line.text.matchAll(pattern)].flatMap(({ groups }) => fromTo(line, groups!, reader) ?? []),
  )
}

function fromTo(line: TextLine, found: Record<string, string>, reader: Survey['reader']): Claim | null {
  const comparing = new RegExp(reader.words.either('comparing'), 'giu')
  if (/\p{L}{3}/u.test(found['rest']!.replace(comparing, ''))) return null
  const [from, to, stated] = [found['from']!, found['to']!, found['change']!].map((text) =>
    sole(reader.in(text)),
  )
  if (!from || !to || !stated) return null
  // `from 45 to 30 s`: the unit stands once.
  const isBare = from.dimension === 'number' && to.dimension !== 'number'
  const same = isBare ? sole(reader.in(`${from.text}${to.text.replace(/^[\d.,]+/, '')}`)) : from
  return same && changeClaim(line, same, to, stated)
}
