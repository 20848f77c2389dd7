/** Counts of things that the document lists: issues with a state each, identifiers from and to. */
import type { Claim } from '../claim.js'
import { isWithin } from '../document.js'
import { countOf } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

const FROM_TO =
  /(?<prefix>\b\p{L}[\p{L}-]*?-?)(?<first>\d{1,5})\s*(?:through|to|–|—|\.\.\.?|bis|à|-)\s*\k<prefix>(?<last>\d{1,5})\b/u

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
      isYear(countOf(stated)!)
    )
      return []
    const [first, last] = [Number(found.groups['first']), Number(found.groups['last'])]
    const count = last - first + 1
    const holds = countOf(stated) === count
    return last < first
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

/** `4 (all resolved)` against exactly so many items with a state each. */
export function checkStates(survey: Survey): Claim[] {
  const { document, reader, words } = survey
  const items = document.lines.filter(
    ({ text }) =>
      text.length < 100 &&
      words.find('status', text)?.index === 0 &&
      /:/.test(text) &&
      (words.has('done', text) || words.has('open', text)),
  )
  const parents = new Set(items.map(({ section }) => section.parent))
  const [parent] = parents
  if (items.length < 2 || parents.size !== 1 || !parent) return []
  const all = new RegExp(String.raw`\b${words.either('allOf')}\s+(?:\p{L}+\s+)?$`, 'iu')
  const open = items.filter(({ text }) => words.has('open', text) && !words.has('done', text))
  return document.lines.flatMap((line) => {
    const word =
      line.text.length > 300 || isWithin(line.section, parent) ? null : words.find('done', line.text)
    const counts = reader.in(line.text).filter((quantity) => countOf(quantity) !== null)
    if (!word || counts.length !== 1 || countOf(counts[0]!) !== items.length) return []
    if (!all.test(line.text.slice(0, word.index))) return []
    const holds = open.length === 0
    const named = open.map((item) => `line ${item.line}: “${item.text}”`).join(', ')
    return [
      claim('enumeration', line, {
        stated: `all ${items.length}`,
        recomputed: `${items.length - open.length} of ${items.length}`,
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `of ${items.length} items with a state ${items.length - open.length} are done${holds ? '' : `; not ${named}`}`,
      }),
    ]
  })
}
