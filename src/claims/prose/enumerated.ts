/** A number of things and how many of each kind, listed behind it: `23 findings: 4 critical, 7 high, 9 medium and 3 low`, `40 runs (34 passed, 6 failed)`. */
import type { Claim } from '../claim.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf, isCount } from './figures.js'

const LEAST = 3
/** A sum farther from the whole is of something else. */
const [LEAST_SHARE, MOST_SHARE] = [0.6, 1.6]
const FAR = 60
/** Kinds of which a thing has one only. */
const EXCLUSIVE = ['levels', 'successes', 'failures', 'done', 'open', 'skipped', 'unsuccessful'] as const
const OPEN = ['selected', 'overlapping', 'exceptions', 'supposed', 'others', 'comparison'] as const

export function checkEnumerated(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => {
    const figures = figuresOf(sentence, survey)
    return figures.flatMap((whole, at) => {
      const list =
        isCount(whole) && whole.low >= 2 ? listBehind(sentence, whole, figures.slice(at + 1), survey) : null
      return list ? judge(sentence, whole, list, survey) : []
    })
  })
}

interface Part {
  figure: Quantity
  label: string
}

/** Behind a colon, a dash or in brackets, each item with its one count first. */
function listBehind(
  { text }: Sentence,
  whole: Quantity,
  rest: Quantity[],
  { words }: Survey,
): { parts: Part[]; isClosed: boolean } | null {
  const opened = /^((?:[\s-][\p{L}\p{N}'’-]+){1,8}?)\s?(:\s|\s[–—]\s|\()/u.exec(text.slice(whole.end))
  const mark = opened?.[2]?.trim()
  if (!opened || opened[1]!.length > FAR || rest.some(({ index }) => index < whole.end + opened[0].length))
    return null
  const from = whole.end + opened[0].length
  const until = /^[^.;:()–—]*/u.exec(text.slice(from))![0]
  // What goes on behind the brackets is no part; behind a colon it may be.
  const after = text.slice(from + until.length)
  if (mark === '(' ? !after.startsWith(')') : /^[(:–—]/u.test(after)) return null
  const joining = new RegExp(String.raw`,?\s${words.either('joining')}\s|,\s`, 'iu')
  const parts = until.split(joining).map((item) => item.trim())
  let place = from
  const read = parts.map((item): Part | null => {
    const index = text.indexOf(item, place)
    place = index + item.length
    const own = rest.filter((one) => one.index >= index && one.end <= index + item.length)
    const [figure, more] = own
    return figure && !more && isCount(figure) && figure.index === index
      ? { figure, label: text.slice(figure.end, place).trim() }
      : null
  })
  // Without a last "and" the list may go on.
  const isClosed =
    parts.length >= LEAST && new RegExp(String.raw`\s${words.either('joining')}\s\S`, 'iu').test(until)
  return read.length >= 2 && read.every((one) => one !== null) ? { parts: read, isClosed } : null
}

function judge(
  sentence: Sentence,
  whole: Quantity,
  { parts, isClosed }: { parts: Part[]; isClosed: boolean },
  { words }: Survey,
): Claim[] {
  const { text } = sentence
  if (OPEN.some((list) => words.has(list, text)) || words.has('within', text)) return []
  const sum = parts.reduce((all, { figure }) => all + figure.low, 0)
  const areExclusive = parts.every(({ label }) => EXCLUSIVE.some((list) => words.has(list, label)))
  const noun = /^[\s-]([\p{L}-]+)/u.exec(text.slice(whole.end))?.[1]?.toLowerCase() ?? ''
  if (!areExclusive && (parts.length < LEAST || parts.some(({ label }) => countsOther(label, noun))))
    return []
  if (parts.some(({ figure, label }) => figure.low > whole.low || label === '')) return []
  const share = sum / whole.low
  const holds = sum === whole.low
  if (!holds && (share < LEAST_SHARE || share > MOST_SHARE || (sum < whole.low && !isClosed))) return []
  return [
    claim('total', sentence, {
      stated: whole.text,
      recomputed: show(sum),
      verdict: holds ? 'consistent' : 'contradicted',
      arithmetic: `${parts.map(({ figure }) => show(figure.low)).join(' + ')} = ${show(sum)}${holds ? '' : `, not ${whole.text}`}`,
    }),
  ]
}

/** `three regions: 12 pods in a`: a noun of its own in the plural, unless it is that of the whole. */
function countsOther(label: string, noun: string): boolean {
  const first = /^[\p{L}-]+/u.exec(label)?.[0].toLowerCase() ?? ''
  return (
    first === '' || (/[^s]s$/.test(first) && first !== noun && !/^(?:was|is|has|this|across)$/.test(first))
  )
}
