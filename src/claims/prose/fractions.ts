/** Fractions in words: `one in five`, `a third`, `three quarters`. */
import type { Quantity } from '../quantities.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf } from './figures.js'

/** Such words are rough. */
const ROUGH = 0.15
/** How far before it stands what makes it a bound. */
const NEAR = 20
const BOUNDS = ['moreThan', 'atMost', 'about', 'nearly'] as const

/** The figures of a sentence, a fraction in words being a percentage that is not exact. */
export function figuresWithFractions(sentence: Sentence, survey: Survey): Quantity[] {
  const figures = figuresOf(sentence, survey)
  const fractions = fractionsIn(sentence.text, survey.words)
  if (fractions.length === 0) return figures
  const others = figures.filter(
    (one) => !fractions.some(({ index, end }) => one.index < end && index < one.end),
  )
  return [...others, ...fractions].toSorted((a, b) => a.index - b.index)
}

function fractionsIn(text: string, words: Survey['words']): Quantity[] {
  const found = [...namedIn(text, words), ...oneInSoMany(text, words)]
  const shares = found.filter(({ index }) => !isPlaced(text.slice(0, index), words))
  return shares.map(({ share, index, written }) => {
    const before = text.slice(Math.max(0, index - NEAR), index)
    return {
      low: 100 * share,
      high: 100 * share,
      dimension: 'percent',
      step: 100 * share * ROUGH,
      unit: 1,
      bound: BOUNDS.some((list) => words.has(list, before)) ? 'above' : null,
      signed: false,
      isUnsure: false,
      isAbout: false,
      text: written,
      index,
      end: index + written.length,
    }
  })
}

/** `The second half` of something is when or where it was, not how much of it. */
function isPlaced(before: string, words: Survey['words']): boolean {
  const word = /(\p{L}+)\s$/u.exec(before)?.[1]
  return word !== undefined && words.has('placedParts', word)
}

interface Fraction {
  share: number
  index: number
  written: string
}

function namedIn(text: string, words: Survey['words']): Fraction[] {
  const found = words.fractionIn(text)
  return found ? [{ share: found.share, index: found.index, written: found.word }] : []
}

/** `one in five`, `1 in 5`, not `one in five minutes`. */
function oneInSoMany(text: string, words: Survey['words']): Fraction[] {
  const numeral = String.raw`\d{1,3}|\p{L}+`
  const expression = new RegExp(
    String.raw`(?<![\p{L}\p{N}.,-])(${numeral})\s${words.either('oneIn')}\s(${numeral})(?![\p{L}\p{N}]|[.,-]\d|-)(?:\s(\p{L}+))?`,
    'giu',
  )
  return [...text.matchAll(expression)].flatMap(({ index, 0: all, 1: one, 2: many, 3: next }) => {
    const [part, whole] = [one!, many!].map((word) =>
      /^\d/.test(word) ? Number(word) : words.numeralOf(word),
    )
    if (part !== 1 || !whole || whole < 2 || whole > 100) return []
    if (next !== undefined && words.unitSeconds(next) !== null) return []
    const written = next === undefined ? all : all.slice(0, -next.length - 1)
    return [{ share: 1 / whole, index, written }]
  })
}
