/** Texts that the fonts of the PDF cannot show: they print as empty boxes there, and read rightly elsewhere. */

/**
 * Code points that DejaVu 2.37 draws, to the block where it draws most of one: Latin, Greek, Cyrillic, Hebrew, Arabic,
 * Georgian and others, signs, some emoji. Not Chinese, Japanese, Korean, Thai, the scripts of India, nor newer emoji.
 */
const DRAWN = [
  '\\u{0}-\\u{58a}\\u{5b0}-\\u{6f9}\\u{7c0}-\\u{7fa}\\u{e3f}\\u{e81}-\\u{edd}\\u{10a0}-\\u{10fc}\\u{1401}-\\u{169c}',
  '\\u{1d00}-\\u{2149}\\u{214b}-\\u{2311}\\u{2318}-\\u{2319}\\u{231c}-\\u{2328}\\u{232b}-\\u{23ae}\\u{23ce}-\\u{23cf}',
  '\\u{23e3}\\u{23e5}\\u{23e8}\\u{2422}-\\u{2423}\\u{2460}-\\u{2469}\\u{2500}-\\u{269c}\\u{269e}-\\u{26b8}\\u{26c0}-\\u{26c3}',
  '\\u{26e2}\\u{2701}-\\u{2704}\\u{2706}-\\u{2709}\\u{270c}-\\u{2727}\\u{2729}-\\u{274b}\\u{274d}\\u{274f}-\\u{2752}\\u{2756}',
  '\\u{2758}-\\u{2794}\\u{2798}-\\u{27af}\\u{27b1}-\\u{27be}\\u{27c5}-\\u{2b1a}\\u{2b1f}-\\u{2b24}\\u{2c60}-\\u{2d6f}',
  '\\u{4dc0}-\\u{4dff}\\u{a4d0}-\\u{a4ff}\\u{a644}-\\u{a7ff}\\u{fb00}-\\u{fbff}\\u{fe00}-\\u{fe23}\\u{fe70}-\\u{feff}',
  '\\u{fff9}-\\u{fffd}\\u{1d538}-\\u{1d56b}\\u{1f030}-\\u{1f0df}\\u{1f311}-\\u{1f318}\\u{1f600}-\\u{1f640}\\u{1f643}',
].join('')
const NOT_DRAWN = new RegExp(`[^${DRAWN}]`, 'u')

export function isDrawn(text: string): boolean {
  return !NOT_DRAWN.test(text)
}

/** How many different texts of a result hold such characters. */
export function countNotDrawn(value: unknown): number {
  return new Set(textsOf(value).filter((text) => !isDrawn(text))).size
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}
