/** A number of things, a colon and their list: `three regions: eu-west, us-east and ap-south`; a number in all, and the column that it sums. */
import type { Claim } from '../claim.js'
import { headingOf } from '../happenings.js'
import { nameWords } from '../matching.js'
import { countOf, show } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { countsIn, partsOf } from '../tables.js'

const MOST_ITEMS = 12
const LONGEST_ITEM = 2

export function checkAnnouncedLists(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => [
    ...listAfter(sentence, survey),
    ...allInAll(sentence, survey),
  ])
}

/** The number and what is counted right before the colon, a list of short names behind it and nothing else. */
function listAfter({ text, line }: Sentence, { words, reader }: Survey): Claim[] {
  // After a comma only proper names are the list: `two regions, Madrid and Lisbon`.
  const [, before, after] =
    /^([^:]*):\s+([^:]*)$/u.exec(text) ?? /^([^:,]*),\s+(\p{Lu}[^:]*)$/u.exec(text) ?? []
  const isNamed = !text.includes(':')
  if (before === undefined || after === undefined || /[()[\]{}"„“«/]/.test(after)) return []
  if ((['selected', 'exceptions', 'overlapping', 'elsewhere'] as const).some((list) => words.has(list, text)))
    return []
  const [, word, noun] = /\s(\p{L}+|\d{1,2})\s([\p{L}-]+)$/u.exec(before) ?? []
  const stated = word === undefined ? null : (words.numeralOf(word) ?? countOf(reader.only(word)))
  if (noun === undefined || words.unitSeconds(noun) !== null) return []
  const items = after
    .replace(/[.;]\s*$/, '')
    .split(new RegExp(String.raw`,\s(?:${words.either('joining')}\s)?|\s${words.either('joining')}\s`, 'iu'))
  const areNames = items.every(
    (item) =>
      /^[\p{L}\p{N}][^,;.!?]*$/u.test(item.trim()) &&
      item.trim().split(/\s+/).length <= LONGEST_ITEM &&
      (!isNamed || /^\p{Lu}\p{Ll}+$/u.test(item.trim())) &&
      reader.in(item).length === 0,
  )
  if (stated === null || stated < 2 || items.length < 3 || items.length > MOST_ITEMS || !areNames) return []
  // Without a last "and" the list may go on; words in it may join two of a kind.
  const hasEnd = new RegExp(String.raw`\s${words.either('joining')}\s\S+(?:\s\S+){0,2}$`, 'iu').test(
    after.replace(/[.;]\s*$/, ''),
  )
  const joints = after.match(new RegExp(String.raw`\s${words.either('joining')}\s`, 'giu'))?.length ?? 0
  if (!hasEnd || joints !== 1) return []
  if (items.some((item) => words.has('additional', item) || words.has('others', item))) return []
  // A list that is much shorter or longer is of something else, or of some of them.
  const holds = items.length === stated
  if (Math.abs(items.length - stated) > 1) return []
  return [
    claim(
      'count',
      { line, text },
      {
        stated: word!,
        recomputed: String(items.length),
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `${items.length} are listed: ${items.map((item) => item.trim()).join(', ')}`,
      },
    ),
  ]
}

/** `13 instances in all`, and the one column of counts that is headed so. */
function allInAll({ text, line, section }: Sentence, { document, words, reader }: Survey): Claim[] {
  const found = new RegExp(
    String.raw`^(\d[\d.,]*)\s([\p{L}-]+)\s${words.either('allInAll')}[.;]?$`,
    'iu',
  ).exec(text)
  const stated = found && countOf(reader.only(found[1]!))
  if (!found || stated === null) return []
  const noun = nameWords(found[2]!)[0]
  const columns = document.tables
    .filter((table) => headingOf(table.section) === headingOf(section))
    .flatMap((table) => {
      const parts = partsOf(table, words)
      return table.header.flatMap((title, column) => {
        const isMeant = nameWords(title).join(' ') === noun && column !== parts.labels && !parts.isNested
        const counts = isMeant ? countsIn(parts, column, reader) : null
        return counts && counts.length > 1 ? [{ counts, line: table.line }] : []
      })
    })
  const [only, more] = columns
  if (!only || more) return []
  const sum = only.counts.reduce((all, count) => all + count, 0)
  return [
    claim(
      'total',
      { line, text },
      {
        stated: found[1]!,
        recomputed: show(sum),
        verdict: sum === stated ? 'consistent' : 'contradicted',
        arithmetic: `${only.counts.join(' + ')} = ${show(sum)} (line ${only.line})${sum === stated ? '' : `, not ${found[1]!}`}`,
      },
    ),
  ]
}
