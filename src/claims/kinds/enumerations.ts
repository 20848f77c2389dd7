/** Counts of things that the document lists: issues with a state each, identifiers from and to. */
import type { Claim } from '../claim.js'
import { around, isWithin, type Section } from '../document.js'
import { nameWords } from '../matching.js'
import { countOf, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

const FROM_TO =
  /(?<prefix>\b\p{L}[\p{L}-]*?-?)(?<first>\d{1,5})\s*(?:through|to|–|—|\.\.\.?|bis|à|-)\s*\k<prefix>(?<last>\d{1,5})\b/u

/** Farther apart than this, the identifiers are of something else: `98 items (P0-P3)`. */
const MOST_TIMES = 3

/** `the 8 tasks (CHAOS-001 through CHAOS-008)`. */
export function checkIdentifiers({ document, reader, words }: Survey): Claim[] {
  return document.lines.flatMap((line) => {
    const found = line.text.length > 500 ? null : FROM_TO.exec(line.text)
    if (!found?.groups) return []
    const before = line.text.slice(0, found.index)
    const counts = reader.in(before).filter((quantity) => countOf(quantity) !== null)
    const [stated] = counts
    const between = stated ? before.slice(stated.end) : ''
    if (
      !stated ||
      counts.length > 1 ||
      !/^\s*\)/.test(line.text.slice(found.index + found[0].length)) ||
      !/^[\s\p{L}-]{3,60}\(\s*$/u.test(between) ||
      words.has('about', between) ||
      words.has('narrowing', between) ||
      isYear(countOf(stated)!)
    )
      return []
    const [first, last] = [Number(found.groups['first']), Number(found.groups['last'])]
    const count = last - first + 1
    const holds = countOf(stated) === count
    const isFar = countOf(stated)! > MOST_TIMES * count || countOf(stated)! * MOST_TIMES < count
    return last < first || isFar
      ? []
      : [
          claim('enumeration', line, {
            stated: stated.text,
            recomputed: String(count),
            verdict: holds ? 'consistent' : 'contradicted',
            arithmetic: `${found[0]} are ${last} - ${first} + 1 = ${count}${holds ? '' : `, not ${stated.text}`}`,
          }),
        ]
  })
}

/** `2024 Roadmap (Q1-Q3)`: no count of anything. */
function isYear(count: number): boolean {
  return count >= 1900 && count < 2100
}

interface Item {
  line: number
  /** The heading or the header that it stands under. */
  title: string
  text: string
  isDone: boolean
}

/** `4 (all resolved)`, `all 4 issues are closed`, against exactly so many items with a state each. */
export function checkStates(survey: Survey): Claim[] {
  const { document, reader, words } = survey
  const listed = listedItems(survey)
  const lists = [...(listed ? [listed] : []), ...tabledItems(survey)]
  const all = new RegExp(String.raw`\b${words.either('allOf')}\s+(?:\d+\s+)?(?:\p{L}+\s+){0,4}$`, 'iu')
  return document.lines.flatMap((line) => {
    const word = line.text.length > 300 ? null : words.find('done', line.text)
    const counts = word ? reader.in(line.text).filter((quantity) => countOf(quantity) !== null) : []
    const fitting = lists.filter(({ items }) => counts.length === 1 && countOf(counts[0]!) === items.length)
    const [only, more] = fitting
    if (!word || !only || more || isWithin(line.section, only.within)) return []
    const isMeant =
      all.test(line.text.slice(0, word.index)) && countsItems(line.text, counts[0]!, only, words)
    return isMeant ? [stateClaim(line, only.items)] : []
  })
}

/** What is counted is called as the items or their heading, or by no name: `6 agents` are no risks. */
function countsItems(
  text: string,
  { end }: Quantity,
  { items, within }: { items: Item[]; within: Section },
  words: Survey['words'],
): boolean {
  const noun = /^\s((?:\p{L}[\p{L}-]*\s?){1,3})/u.exec(text.slice(end))?.[1] ?? ''
  const said = nameWords(noun).filter((word) => !words.has('linking', word) && !words.has('done', word))
  const label = nameWords(text.split(':', 1)[0]!)
  const known = [
    ...around(within).map(({ title }) => title),
    ...items.map((item) => item.text),
    ...items.map((item) => item.title),
  ].flatMap((one) => nameWords(one))
  return said.length === 0 || [...said, ...label].some((word) => known.includes(word))
}

function stateClaim(line: { line: number; text: string }, items: Item[]): Claim {
  const open = items.filter(({ isDone }) => !isDone)
  const named = open.map((item) => `line ${item.line}: “${item.text}”`).join(', ')
  return claim('enumeration', line, {
    stated: `all ${items.length}`,
    recomputed: `${items.length - open.length} of ${items.length}`,
    verdict: open.length === 0 ? 'consistent' : 'contradicted',
    arithmetic: `of ${items.length} items with a state ${items.length - open.length} are done${open.length === 0 ? '' : `; not ${named}`}`,
  })
}

/** `Status: closed` under each heading of one parent. */
function listedItems({ document, words }: Survey): { items: Item[]; within: Section } | null {
  const found = document.lines.filter(
    ({ text }) =>
      text.length < 100 &&
      words.find('status', text)?.index === 0 &&
      /:/.test(text) &&
      isDone(text, words) !== null,
  )
  const parents = new Set(found.map(({ section }) => section.parent))
  const [parent] = parents
  if (found.length < 2 || parents.size !== 1 || !parent) return null
  return {
    items: found.map((line) => ({ ...line, title: line.section.title, isDone: isDone(line.text, words)! })),
    within: parent,
  }
}

/** The rows of a table with a column for the state, where each names one. What the table's own section says leads to it. */
function tabledItems({ document, words }: Survey): { items: Item[]; within: Section }[] {
  return document.tables.flatMap(({ header, rows, section, line }) => {
    const column = header.findIndex((title) => words.find('status', title)?.index === 0)
    const items =
      column < 0
        ? []
        : rows.flatMap(({ line, cells }) => itemIn(line, cells, cells[column] ?? '', header.join(' '), words))
    const within = { ...section, line }
    return rows.length > 1 && items.length === rows.length ? [{ items, within }] : []
  })
}

function itemIn(line: number, cells: string[], state: string, title: string, words: Survey['words']): Item[] {
  const done = isDone(state, words)
  return done === null ? [] : [{ line, title, text: cells.join(' | '), isDone: done }]
}

/** Null where a text names neither. */
function isDone(text: string, words: Survey['words']): boolean | null {
  return words.has('done', text) ? true : words.has('open', text) ? false : null
}
