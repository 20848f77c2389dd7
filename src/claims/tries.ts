/** How often a call is tried, as a sentence tells it. */
import { countOf } from './quantities.js'
import type { Sentence } from './sentences.js'
import type { Survey } from './survey.js'

const MOST_TRIES = 20
const NEAR = 24

export interface Tries {
  value: number
  line: number
}

/** `3 retries` are 4 tries, `attempted at most 5 times` are 5. */
export function triesIn({ text, line }: Sentence, { reader, words }: Survey): Tries[] {
  const counts = smallCountsIn(text, { reader, words })
  return counts.flatMap(({ value, index, end }) => {
    const around = `${text.slice(Math.max(0, index - NEAR), index).replace(/^.*[.;:]\s/u, '')} ${text.slice(end, end + NEAR).replace(/[.,;:(].*$/u, '')}`
    const isTimes = words.find('times', text.slice(end).trimStart())?.index === 0
    const [isRetry, isTry] = [words.has('retries', around), words.has('attempts', around)]
    const [retried, tried] = [
      words.find('retries', text.slice(end).trimStart())?.index === 0,
      words.find('attempts', text.slice(end).trimStart())?.index === 0,
    ]
    if (
      value < 1 ||
      value > MOST_TRIES ||
      words.has('additional', around) ||
      (!isTimes && !retried && !tried)
    )
      return []
    if (isRetry === isTry && !(retried || tried)) return []
    const isRetries = retried || (!tried && isRetry)
    return [{ value: isRetries ? value + 1 : value, line }]
  })
}

/** In digits or in words. */
export function smallCountsIn(
  text: string,
  { reader, words }: Pick<Survey, 'reader' | 'words'>,
): { value: number; index: number; end: number }[] {
  const digits = reader.in(text).flatMap((one) => {
    const value = countOf(one)
    return value === null ? [] : [{ value, index: one.index, end: one.end }]
  })
  const spelled = [...text.matchAll(/\p{L}+/gu)].flatMap(({ index, 0: word }) => {
    const value = words.numeralOf(word)
    return value === null ? [] : [{ value, index, end: index + word.length }]
  })
  return [...digits, ...spelled]
}
