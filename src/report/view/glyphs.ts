/** Texts that the fonts of the PDF cannot show: they print as empty boxes there, and read rightly elsewhere. */
import { PLAIN } from './clean.js'

/**
 * Code points that DejaVu 2.37 draws, to the block where it draws most of one: Latin, Greek, Cyrillic, Hebrew, Arabic,
 * Georgian and others, signs, some emoji. Not Chinese, Japanese, Korean, Thai, the scripts of India, nor newer emoji.
 */
const DRAWN = [
  '0-58a 5b0-6f9 7c0-7fa e3f e81-edd 10a0-10fc 1401-169c',
  '1d00-2149 214b-2311 2318-2319 231c-2328 232b-23ae 23ce-23cf',
  '23e3 23e5 23e8 2422-2423 2460-2469 2500-269c 269e-26b8 26c0-26c3',
  '26e2 2701-2704 2706-2709 270c-2727 2729-274b 274d 274f-2752 2756',
  '2758-2794 2798-27af 27b1-27be 27c5-2b1a 2b1f-2b24 2c60-2d6f',
  '4dc0-4dff a4d0-a4ff a644-a7ff fb00-fbff fe00-fe23 fe70-feff',
  'fff9-fffd 1d538-1d56b 1f030-1f0df 1f311-1f318 1f600-1f640 1f643',
].flatMap((line) => line.split(' ').map(rangeOf))

function rangeOf(text: string): { first: number; last: number } {
  const [first, last = first] = text.split('-').map((digits) => parseInt(digits, 16))
  return { first: first ?? 0, last: last ?? 0 }
}

export function isDrawn(text: string): boolean {
  if (PLAIN.test(text)) return true
  return [...text].every((character) => {
    const code = character.codePointAt(0) ?? 0
    return DRAWN.some(({ first, last }) => code >= first && code <= last)
  })
}

/** How many different texts of a result hold such characters. */
export function countNotDrawn(value: unknown): number {
  const found = new Set<string>()
  const visit = (item: unknown): void => {
    if (typeof item === 'string') {
      if (!isDrawn(item)) found.add(item)
    } else if (typeof item === 'object' && item !== null) {
      for (const part of Object.values(item)) visit(part)
    }
  }
  visit(value)
  return found.size
}
