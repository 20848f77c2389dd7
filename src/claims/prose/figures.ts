/** Figures of a sentence, also those in words: `elf`, `ten minutes`. */
import type { Quantity } from '../quantities.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'

type Reading = Pick<Survey, 'reader' | 'words'>

/** Read once per sentence, whoever asks. */
const read = new WeakMap<Sentence, Quantity[]>()

export function figuresOf(sentence: Sentence, survey: Reading): Quantity[] {
  const known = read.get(sentence) ?? figuresIn(sentence.text, survey)
  read.set(sentence, known)
  return known
}

export function figuresIn(text: string, { reader, words }: Reading): Quantity[] {
  const written = reader.in(text).map((one) => withUnitBehind(one, text, words))
  const spelled = [...text.matchAll(/(?<![\p{L}\p{N}-])\p{L}+(?![\p{L}\p{N}]|-\p{L})/gu)].flatMap(
    ({ index, 0: word }): Quantity[] => {
      const value = words.numeralOf(word)
      if (value === null) return []
      const unit = /^\s(\p{L}+)/u.exec(text.slice(index + word.length))
      const seconds = unit ? words.unitSeconds(unit[1]!) : null
      const isTime = unit !== null && seconds !== null && unit[1]!.length > 2
      // "One" is an article and a pronoun as well.
      if (value === 1 && !isTime) return []
      const end = index + word.length + (isTime ? unit[0].length : 0)
      const factor = isTime ? seconds : 1
      return [
        {
          low: value * factor,
          high: value * factor,
          dimension: isTime ? 'time' : 'number',
          step: factor,
          unit: factor,
          bound: null,
          signed: false,
          isUnsure: false,
          isAbout: words.has('about', text.slice(Math.max(0, index - 16), index)),
          text: text.slice(index, end),
          index,
          end,
        },
      ]
    },
  )
  const own = spelled.filter((one) => !written.some(({ index, end }) => index < one.end && one.index < end))
  return [...written, ...own].toSorted((a, b) => a.index - b.index)
}

/** `22 bad minutes`: the unit stands behind an adjective. */
function withUnitBehind(one: Quantity, text: string, words: Reading['words']): Quantity {
  if (one.dimension !== 'number') return one
  const [all, adjective, unit] = /^\s(\p{L}+)\s(\p{L}{3,})(?!\p{L})/u.exec(text.slice(one.end)) ?? []
  const factor = unit === undefined ? null : words.unitSeconds(unit)
  if (factor === null || words.find('timeAdjectives', adjective!)?.length !== adjective!.length) return one
  return {
    ...one,
    low: one.low * factor,
    high: one.high * factor,
    dimension: 'time',
    step: one.step * factor,
    unit: factor,
    text: `${one.text}${all!}`,
    end: one.end + all!.length,
  }
}

/** One value as it is, not a bound, a range, a change or a guess. */
export function isPlain({ low, high, bound, signed, isAbout, isUnsure }: Quantity): boolean {
  return low === high && bound === null && !signed && !isAbout && !isUnsure
}

/** A whole number of things. */
export function isCount(figure: Quantity): boolean {
  return figure.dimension === 'number' && isPlain(figure) && Number.isInteger(figure.low)
}

/** The words of a text that tell what it is about: neither tie, nor place, nor say that something is so. */
export function tellingWords(text: string, words: Survey['words']): string[] {
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .filter(
      (word) =>
        word !== '' &&
        !(['linking', 'narrowing', 'stating', 'restating'] as const).some(
          (list) => words.find(list, word)?.length === word.length,
        ),
    )
}

/** A text with blanks for its figures: "min." is a word for the least of them as well. */
export function withoutFigures(text: string, figures: Quantity[]): string {
  return figures.reduceRight(
    (left, { index, end }) =>
      `${left.slice(0, index)}${' '.repeat(end - index)}${left.slice(end).replace(/^\./, ' ')}`,
    text,
  )
}

/** A sentence that speaks of what is to be, of a part, or of what is not so. */
export function isQualified(text: string, words: Survey['words']): boolean {
  return (['elsewhere', 'future', 'setAside', 'negation'] as const).some((list) => words.has(list, text))
}
