/** Whole numbers that count something, also `93.7 million`. */
import type { Survey } from './survey.js'

export interface Counted {
  value: number
  /** What the last written digit is worth; 0 of what is counted exactly. */
  step: number
  text: string
  index: number
  end: number
}

export function countsWithMagnitude(
  text: string,
  { reader, words }: Pick<Survey, 'reader' | 'words'>,
): Counted[] {
  return reader
    .in(text)
    .flatMap(
      ({ dimension, low, high, bound, signed, isAbout, isUnsure, step, index, end, text: written }) => {
        if (
          dimension !== 'number' ||
          low !== high ||
          bound !== null ||
          signed ||
          isAbout ||
          isUnsure ||
          low < 0
        )
          return []
        const word = /^\s(\p{L}+)\.?/u.exec(text.slice(end))
        const factor = (word && words.magnitudeOf(word[1]!)) ?? 1
        if (factor === 1 && !Number.isInteger(low)) return []
        return [
          {
            value: low * factor,
            step: factor === 1 ? 0 : step * factor,
            text: factor === 1 ? written : `${written}${word![0]}`,
            index,
            end: factor === 1 ? end : end + word![0].length,
          },
        ]
      },
    )
}
