/** Quantities in a text: numbers with their unit, range, bound and the precision in which they are written. */
import type { ClaimWords } from '../knowledge/claim-words.js'

export type Dimension = 'time' | 'percent' | 'number'

export interface Quantity {
  /** Seconds, percent, or the number itself; of a range its two ends. */
  low: number
  high: number
  dimension: Dimension
  /** What one of the last written digit is worth. */
  step: number
  /** Seconds per unit in which a time is written; 1 of all else. */
  unit: number
  /** `<`, `≤`, `>`: a bound, not a value. */
  bound: 'below' | 'above' | null
  signed: boolean
  /** It may be a thousand times as much: 1.250, where nothing tells what the point means. */
  isUnsure: boolean
  /** Written with "about" or the like. */
  isAbout: boolean
  text: string
  index: number
  end: number
}

export interface Range {
  low: number
  high: number
}

/** How a document writes its numbers. */
export interface NumberStyle {
  /** Which of `,` and `.` sets decimals apart. */
  mark: ',' | '.'
  /** Nothing tells whether 1.250 is a good thousand or a good one. */
  isUnsure: boolean
}

/** Numbers of headings, such as 2.1, tell nothing. */
export function numberStyle(text: string): NumberStyle {
  const written = text.replace(/^ {0,3}#{1,6}\s+\d+(?:\.\d+)*/gm, '')
  const commas = written.match(/\d,\d{1,2}(?!\d|,\d)/g)?.length ?? 0
  const points = written.match(/\d\.\d{1,2}(?!\d|\.\d)/g)?.length ?? 0
  return { mark: commas > points ? ',' : '.', isUnsure: commas > 0 || points === 0 }
}

const DIGITS = String.raw`\d{1,3}(?:[,.\u00a0\u202f' ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?`
/** Not part of a name, a date, a time of day, a version, a fraction or a price; `32m` of `1h32m` is meant. */
const BEFORE = String.raw`(?:(?<=\d(?:h|m|min))|(?<![\p{L}\p{N}_#$€£/:]|[\p{L}\p{N}][-._]|\d[.,]))`
const TO = String.raw`\s?(?:-|–|—)\s?`

function expressionOf({ unitNames, either }: ClaimWords): RegExp {
  const toWord = String.raw`\s${either('rangeTo')}\s`
  const names = [...unitNames].sort((a, b) => b.length - a.length).join('|')
  const unit = (name: string) => `(?:[-\\u00a0 ]?(?<${name}>%|(?:${names})(?!\\p{L})))`
  const bound = String.raw`(?<bound>[<>≤≥]=?\s*)?(?<sign>[+\u2212-](?=\d))?`
  const first = `(?<first>${DIGITS})`
  const second = `(?<second>${DIGITS})`
  const range = `(?:${unit('lowUnit')}?${TO}|${toWord})${second}${unit('highUnit')}`
  const bare = `${TO}(?<bareSecond>${DIGITS})(?![-.:]?\\d)`
  return new RegExp(`${BEFORE}${bound}${first}(?:${range}|${bare}|${unit('onlyUnit')})?(?![\\p{L}])`, 'giu')
}
/** Dates, times of day and codes of answers (`502s`), which are no quantities. */
const MOMENTS =
  /\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?|\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?|\d{1,2}\.\d{1,2}\.\d{4}|\bv?(?!\d{1,3}(?:\.\d{3}){2,}(?![.\d]))\d+\.\d+\.\d+\b|\b(?:40[1-9]|429|499|50[1-4])s\b/gi

export class QuantityReader {
  readonly #expression: RegExp
  readonly #joining: RegExp
  readonly #read = new Map<string, Quantity[]>()

  constructor(
    readonly words: ClaimWords,
    readonly style: NumberStyle,
  ) {
    this.#expression = expressionOf(words)
    this.#joining = new RegExp(String.raw`^[\s,]*${words.either('joining')}?\s*$`, 'u')
  }

  /** A dozen checks read each sentence: the last texts are remembered. */
  in(text: string): Quantity[] {
    const known = this.#read.get(text)
    if (known) return known
    if (this.#read.size >= 20_000) this.#read.clear()
    return this.#read.set(text, this.#quantitiesIn(text)).get(text)!
  }

  #quantitiesIn(text: string): Quantity[] {
    const masked = text.replace(MOMENTS, (moment) => '\u0001'.repeat(moment.length))
    const found = [...masked.matchAll(this.#expression)].map((match) => this.#quantity(match, masked))
    return joined(
      found.filter((quantity) => quantity !== null),
      text,
      this.#joining,
    )
  }

  /** The quantity that a cell or label consists of; null when it says more or less. */
  only(text: string, unit: Dimension | null = null): Quantity | null {
    const [quantity, more] = this.in(text)
    if (!quantity || more) return null
    const left = `${text.slice(0, quantity.index)}${text.slice(quantity.end)}`.replace(/\([^)]*\)/g, '')
    if (/[\p{L}\p{N}/]/u.test(left.replace(/[~≈]|ca\.?|about/gu, ''))) return null
    return unit === null || quantity.dimension === unit ? quantity : null
  }

  #quantity(match: RegExpExecArray, text: string): Quantity | null {
    const {
      bound = '',
      sign = '',
      first = '',
      second,
      bareSecond,
      lowUnit,
      highUnit,
      onlyUnit,
    } = match.groups!
    const until = second ?? bareSecond
    // A sign before a range says that it is one of changes: +5-50 ms.
    if (until !== undefined && sign !== '') return null
    const unit = this.#unit(highUnit ?? onlyUnit)
    const lower = lowUnit === undefined ? unit : this.#unit(lowUnit)
    const written = this.#number(first)
    const upper = until === undefined ? written : this.#number(until)
    const low = written.value * lower.factor * (sign === '' || sign === '+' ? 1 : -1)
    const high = until === undefined ? low : upper.value * unit.factor
    if (high < low) return null
    return {
      low,
      high,
      isUnsure: written.isUnsure || upper.isUnsure,
      dimension: unit.dimension,
      step: Math.max(written.step, upper.step) * unit.factor,
      unit: unit.factor,
      bound: boundOf(bound, text.slice(match.index + match[0].length)),
      signed: sign !== '',
      isAbout: this.words.has('about', text.slice(Math.max(0, match.index - 16), match.index)),
      text: match[0].trim(),
      index: match.index,
      end: match.index + match[0].length,
    }
  }

  #unit(written: string | undefined): { factor: number; dimension: Dimension } {
    if (written === undefined) return { factor: 1, dimension: 'number' }
    if (written === '%') return { factor: 1, dimension: 'percent' }
    return { factor: this.words.unitSeconds(written) ?? 1, dimension: 'time' }
  }

  #number(written: string): { value: number; step: number; isUnsure: boolean } {
    const { mark, isUnsure } = this.style
    const thousands = mark === '.' ? /[,\u00a0\u202f' ](?=\d{3})/g : /[.\u00a0\u202f' ](?=\d{3})/g
    const isDecimal = /^0[.,]\d+$/.test(written)
    const digits = (isDecimal ? written : written.replace(thousands, '')).replace(',', '.')
    const decimals = digits.split('.')[1]?.length ?? 0
    return {
      value: Number(digits),
      step: 10 ** -decimals,
      isUnsure: isUnsure && mark === '.' && /^[1-9]\d{0,2}\.\d{3}$/.test(written),
    }
  }
}

/** `18,000+` is a bound too. */
function boundOf(before: string, after: string): Quantity['bound'] {
  if (before !== '') return /[<≤]/.test(before) ? 'below' : 'above'
  return /^\+(?![\d\p{L}])/u.test(after) ? 'above' : null
}

/** `1 hour 32 minutes` is one quantity. */
function joined(quantities: Quantity[], text: string, joining: RegExp): Quantity[] {
  const whole: Quantity[] = []
  for (const quantity of quantities) {
    const before = whole.at(-1)
    const between = before && text.slice(before.end, quantity.index)
    const continues =
      before?.dimension === 'time' &&
      quantity.dimension === 'time' &&
      before.low === before.high &&
      quantity.low === quantity.high &&
      !quantity.signed &&
      before.step > quantity.high &&
      joining.test(between!)
    if (!continues) whole.push(quantity)
    else
      whole[whole.length - 1] = {
        ...before,
        low: before.low + quantity.low,
        high: before.high + quantity.high,
        step: quantity.step,
        text: `${before.text}${between}${quantity.text}`,
        end: quantity.end,
      }
  }
  return whole
}

/** All values that may be written so: rounded or cut off. "About" may be a tenth off. */
export function spread(quantity: Quantity): Range {
  const slack = Math.max(quantity.step, quantity.isAbout ? 0.1 * Math.abs(quantity.high) : 0)
  return {
    low: quantity.bound === 'below' ? -Infinity : quantity.low - slack,
    high: quantity.bound === 'above' ? Infinity : (quantity.isUnsure ? 1000 : 1) * quantity.high + slack,
  }
}

/** Whether one value can be in both. What is only reached by rounding at both ends to the full does not count. */
export function overlaps(a: Range, b: Range): boolean {
  const size = Math.max(1, ...[a.low, a.high, b.low, b.high].filter(Number.isFinite).map(Math.abs))
  const slack = (a.low === a.high || b.low === b.high ? 1e-9 : -1e-9) * size
  return a.low <= b.high + slack && b.low <= a.high + slack
}

/** A whole number that counts something: not rounded. */
export function countOf(quantity: Quantity | null): number | null {
  if (
    !quantity ||
    quantity.dimension !== 'number' ||
    quantity.bound !== null ||
    quantity.isAbout ||
    quantity.signed
  )
    return null
  return quantity.low === quantity.high && Number.isInteger(quantity.low) && quantity.low >= 0
    ? quantity.low
    : null
}

/** At most two decimals, as many as tell something. */
export function show(value: number): string {
  if (value === Infinity) return '∞'
  const digits = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 1 ? 2 : 4
  return String(Number(value.toFixed(digits)))
}

const LARGER: [number, string][] = [
  [3600, 'h'],
  [60, 'min'],
]

/** In the unit a person would choose: 8.55 s, 74 min, 57.9 %. */
export function showAs(value: number, dimension: Dimension): string {
  if (dimension === 'percent') return `${show(value)} %`
  if (dimension === 'number') return show(value)
  if (value !== 0 && Math.abs(value) < 1) return `${show(value * 1000)} ms`
  const [factor, unit] = LARGER.find(([seconds]) => Math.abs(value) >= 2 * seconds) ?? [1, 's']
  return `${show(value / factor)} ${unit}`
}
