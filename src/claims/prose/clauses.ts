/** Clauses of a sentence, and the statistics that they state by nearness. */
import type { Quantity } from '../quantities.js'
import type { Sentence } from '../sentences.js'
import { STATISTICS, type StatisticName } from '../statistics.js'
import type { Survey } from '../survey.js'
import { figuresOf, isCount, isPlain } from './figures.js'

/** Words by which a figure is no statistic of what is listed. */
export const STATED = ['comparison', 'weighted'] as const

/** What ends a clause: a mark, or a comma before a word. */
const BREAK = /[;:(),]\s|\s[–—]\s|[.!?]\s|\)/g
/** Sentences that end with a short word are not set apart before. */
const STOP = /[;:]\s|[.!?]\s(?=\p{Lu})/gu
const FAR = 60
/** `min 8 s`, which is no unit there. */
const LEAST = /(?<!\d\s?)(?<!\p{L})min(?=[\s:=]{1,2}\d)/giu

/** The part of a sentence that a figure stands in. */
export function clauseAround(text: string, { index, end }: { index: number; end: number }): string {
  const before = [...text.slice(0, index).matchAll(BREAK)].at(-1)
  const after = new RegExp(BREAK.source).exec(text.slice(end))
  return text.slice(before ? before.index + 1 : 0, after ? end + after.index : text.length)
}

/** Each with its one word for a statistic and its one figure that counts nothing. */
export function statedStatistics(
  sentence: Sentence,
  survey: Survey,
): { name: StatisticName; figure: Quantity }[] {
  const { text } = sentence
  const { words } = survey
  const least = [...text.matchAll(LEAST)].map(({ index, 0: word }) => ({
    name: 'minimum' as const,
    index,
    end: index + word.length,
  }))
  const named = [
    ...STATISTICS.flatMap((name) =>
      words.all(name, text).map(({ index, length }) => ({ name, index, end: index + length })),
    ),
    ...least,
  ].toSorted((a, b) => a.index - b.index)
  if (named.length === 0) return []
  const figures = figuresOf(sentence, survey).filter((one) => !isCount(one) && isPlain(one))
  const nearest = named.map((word) => ({
    ...word,
    // In one clause, or in the next one where nothing else does: `the longest was the fourth, at 54 minutes`.
    figure: figures
      .filter((one) => distance(word, one) <= FAR && !/[;]|[.!?]\s/.test(textBetween(text, word, one)))
      .toSorted((a, b) => nearness(text, word, a) - nearness(text, word, b))[0],
  }))
  return nearest.flatMap(({ name, figure, index, end }) => {
    if (!figure || nearest.filter((one) => one.figure === figure).length !== 1) return []
    // Another figure as near on the other side leaves open which is meant.
    const rivals = figures.filter(
      (one) => one !== figure && one.dimension === figure.dimension && distance({ index, end }, one) <= FAR,
    )
    const free = rivals.filter((one) => !nearest.some((word) => word.figure === one))
    return free.length === 0 ? [{ name, figure }] : []
  })
}

interface Place {
  index: number
  end: number
}

function distance(a: Place, b: Place): number {
  return a.index >= b.end ? a.index - b.end : b.index - a.end
}

/** What stands in the same clause is nearer. */
function nearness(text: string, a: Place, b: Place): number {
  return distance(a, b) + (/[,()]\s?/.test(textBetween(text, a, b)) ? FAR : 0)
}

function textBetween(text: string, a: Place, b: Place): string {
  return a.index >= b.end ? text.slice(b.end, a.index) : text.slice(a.end, b.index)
}

/** What a figure stands in, from where something else ends before it to where something else begins behind it. */
export function statementAround(text: string, { index, end }: { index: number; end: number }): string {
  const before = [...text.slice(0, index).matchAll(STOP)].at(-1)
  const after = new RegExp(STOP.source, 'u').exec(text.slice(end))
  return text.slice(before ? before.index + 1 : 0, after ? end + after.index : text.length)
}
