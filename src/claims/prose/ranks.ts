/** Percentiles of one thing rise with their rank, whatever words stand between them: `p95 came to 184 ms and p99 to 142 ms`. */
import type { Claim } from '../claim.js'
import type { Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf, isPlain, tellingWords } from './figures.js'

interface Label {
  rank: number
  text: string
  index: number
  end: number
}

type Token = { label: Label; figure?: undefined } | { figure: Quantity; label?: undefined }

const SHORT = /(?<![\p{L}\p{N}])p(\d{2}(?:\.\d+)?|999)(?!\p{N})/giu
const LONG =
  /(?<![\p{L}\p{N}.,:])(\d{2}(?:\.\d+)?)(?:th|st|nd|rd|\.|-|e|er|ème|º|°)?[\s-]?(?:percentiles?|perzentil|centile|percentil)(?!\p{L})|(?<![\p{L}\p{N}.,:])(\d{2})th(?!\s\p{L}+\s(?:of|of the)\s)(?!\p{L})/giu

export function checkRanks(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) =>
    /\bp\d\d|\d\d(?:th|\.|e|º)?[\s-]?(?:perc|perz|cent)/i.test(sentence.text) ? judge(sentence, survey) : [],
  )
}

function judge(sentence: Sentence, survey: Survey): Claim[] {
  const { text, line } = sentence
  const { words } = survey
  if (words.has('elsewhere', text) || words.has('setAside', text)) return []
  const labels = labelsIn(text, words)
  const figures = figuresOf(sentence, survey).filter(
    ({ dimension, index, end }) =>
      dimension === 'time' && !labels.some((label) => label.index < end && index < label.end),
  )
  const tokens: Token[] = [
    ...labels.map((label) => ({ label })),
    ...figures.map((figure) => ({ figure })),
  ].toSorted((a, b) => placeOf(a).index - placeOf(b).index)
  const pairs = pairsOf(tokens)
  if (!pairs || pairs.length < 2 || !areOfOne(pairs, text, words)) return []
  const sorted = pairs.toSorted((a, b) => a.label.rank - b.label.rank)
  const place = sorted.findIndex(
    ({ figure, label }, at) =>
      at > 0 && label.rank > sorted[at - 1]!.label.rank && figure.high < sorted[at - 1]!.figure.low,
  )
  if (place < 0) return []
  const [low, high] = [sorted[place - 1]!, sorted[place]!]
  return [
    claim(
      'percentile',
      { line, text },
      {
        stated: `${high.label.text} ${high.figure.text}`,
        recomputed: `at least ${low.figure.text}`,
        verdict: 'contradicted',
        arithmetic: `${high.label.text} is never below ${low.label.text} of the same values: ${high.figure.text} < ${low.figure.text}`,
      },
    ),
  ]
}

function labelsIn(text: string, words: Survey['words']): Label[] {
  const named = [...text.matchAll(SHORT), ...text.matchAll(LONG)].map(
    ({ index, 0: written, 1: short, 2: bare }) => ({
      rank: short === '999' ? 99.9 : Number(short ?? bare),
      text: written,
      index,
      end: index + written.length,
    }),
  )
  const medians = words
    .all('median', text)
    .map(({ index, length }) => ({
      rank: 50,
      text: text.slice(index, index + length),
      index,
      end: index + length,
    }))
    .filter(({ text: word }) => !/^p/i.test(word))
  return [...named, ...medians]
}

function placeOf({ label, figure }: Token): { index: number; end: number } {
  return label ?? figure
}

/** Labels and figures by turns, the label first or the figure first; null where anything else stands between. */
function pairsOf(tokens: Token[]): { label: Label; figure: Quantity }[] | null {
  if (tokens.length % 2 === 1) return null
  const pairs = []
  for (let at = 0; at < tokens.length; at += 2) {
    const [first, second] = [tokens[at]!, tokens[at + 1]!]
    const isSameWay = (first.label === undefined) === (tokens[0]!.label === undefined)
    const label = first.label ?? second.label
    const figure = first.figure ?? second.figure
    if (!isSameWay || !label || !figure || !isPlain(figure)) return null
    pairs.push({ label, figure })
  }
  return pairs
}

/** What they are of may be said once, with the first. */
function areOfOne(
  pairs: { label: Label; figure: Quantity }[],
  text: string,
  words: Survey['words'],
): boolean {
  const ends = pairs.map(({ label, figure }) => ({
    index: Math.min(label.index, figure.index),
    end: Math.max(label.end, figure.end),
    within: text.slice(Math.min(label.end, figure.end), Math.max(label.index, figure.index)),
  }))
  return ends.every(({ index, within }, at) => {
    const before = at === 0 ? '' : text.slice(ends[at - 1]!.end, index)
    const said = at === 0 ? '' : `${before} ${within}`
    return within.length <= 60 && !/[;:]|[.!?]\s/.test(said) && tellingWords(said, words).length === 0
  })
}
