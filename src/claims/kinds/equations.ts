/** Sums and products that a text writes out: `400 + 500 + 450 = 1,350 ms`, `5 × $640 = $3,200`. */
import type { Claim } from '../claim.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

const NUMBER = String.raw`(?:[$€£]\s?)?\d(?:[\d.,'\u00a0\u202f]*\d)?`
const UNIT = String.raw`(?:\s?(?:%|[$€£]|\p{L}+(?:\/\p{L}+)?))?`
const OPERATOR = String.raw`\s?[+\u2212\u2013×*·/÷-]\s?`
/** Nothing that goes on before it or behind it. */
const EQUATION = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,$€£-])(?<![+\u2212×*·/÷=(-]\s?)(${NUMBER}${UNIT}(?:${OPERATOR}${NUMBER}${UNIT})+)\s?=\s?(${NUMBER}${UNIT})(?!\s?[+\u2212×*·/÷=(]|[.,]\d|\d)`,
  'gu',
)

export function checkEquations(survey: Survey): Claim[] {
  const { document, sentences } = survey
  const rows = document.tables.flatMap(({ rows }) =>
    rows.flatMap(({ line, cells }) => cells.map((text) => ({ line, text }))),
  )
  return [...sentences, ...rows].flatMap(({ text, line }) =>
    text.includes('=')
      ? [...text.matchAll(EQUATION)].flatMap(
          ([written, left, right]) => judge({ text, line }, written, left!, right!, survey) ?? [],
        )
      : [],
  )
}

interface Term {
  value: number
  /** Half of the last digit where it is a fraction; whole numbers are exact. */
  rounding: number
  unit: string
}

function judge(
  at: { text: string; line: number },
  written: string,
  left: string,
  right: string,
  survey: Survey,
): Claim | null {
  const parts = left.split(new RegExp(`(${OPERATOR})`, 'u'))
  const terms = parts.filter((_, index) => index % 2 === 0).map((part) => termOf(part, survey))
  const operators = parts.filter((_, index) => index % 2 === 1).map((part) => part.trim())
  const stated = termOf(right, survey)
  const kinds = new Set(operators.map(kindOf))
  if (!stated || terms.some((term) => term === null) || kinds.size !== 1) return null
  const all = terms as Term[]
  const [kind] = kinds
  // A hyphen is a range, a stroke a fraction of a day or a name as often as not.
  if (operators.some((operator) => /^[-\u2013/]$/.test(operator) && !left.includes(` ${operator} `)))
    return null
  if (!unitsAgree(all, stated, kind!, survey.words)) return null
  const value = (shift: number): number =>
    all
      .map((term) => term.value + shift * term.rounding)
      .reduce((one, other, index) => apply(operators[index - 1]!, one, other))
  const exact = value(0)
  const slack =
    Math.max(Math.abs(value(1) - exact), Math.abs(value(-1) - exact)) +
    Math.max(stated.rounding * 2, 1e-9 * Math.abs(exact))
  const holds = Math.abs(exact - stated.value) <= slack || Math.round(exact) === stated.value
  return claim('equation', at, {
    stated: right.trim(),
    recomputed: show(exact),
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: holds ? written : `${left} = ${show(exact)}, not ${right.trim()}`,
  })
}

function termOf(text: string, { reader }: Survey): Term | null {
  const [, sign = '', number, unit = ''] =
    /^\s*([$€£]?)\s?(\d(?:[\d.,'\u00a0\u202f]*\d)?)\s?(%|[$€£]|\p{L}+(?:\/\p{L}+)?)?\s*$/u.exec(text) ?? []
  // `$2.45M` is no amount of dollars alone.
  const isPlain = number !== undefined && (sign === '' || !/\d[\p{L}%]/u.test(text))
  const quantity: Quantity | null = isPlain ? reader.only(number) : null
  if (!quantity || quantity.low !== quantity.high || quantity.isUnsure || quantity.dimension !== 'number')
    return null
  return { value: quantity.low, rounding: quantity.step < 1 ? quantity.step / 2 : 0, unit: sign || unit }
}

function kindOf(operator: string): 'sum' | 'product' {
  return /^[+\u2212\u2013-]$/.test(operator) ? 'sum' : 'product'
}

/** Of a sum the last term and the result are of one unit, and so is whatever names one; of a product at most one term has that of the result. */
function unitsAgree(terms: Term[], stated: Term, kind: 'sum' | 'product', words: Survey['words']): boolean {
  const named = terms.filter(({ unit }) => unit !== '')
  if (kind === 'sum')
    return (
      named.every(({ unit }) => stated.unit === '' || unit === stated.unit) &&
      new Set(named.map(({ unit }) => unit)).size <= 1
    )
  // An unknown word behind a product may be a multiple: `12 × 1000 = 12 k`.
  const isUnit =
    /^(?:|[$€£]|[\p{Script=Latin}/]{3,})$/u.test(stated.unit) && words.magnitudeOf(stated.unit) === null
  const isKnown = isUnit || words.unitSeconds(stated.unit) !== null || named.length === 1
  return (
    isKnown &&
    !terms.some(({ unit }) => unit === '%') &&
    stated.unit !== '%' &&
    named.length <= 1 &&
    named.every(({ unit }) => unit === stated.unit)
  )
}

function apply(operator: string, a: number, b: number): number {
  if (operator === '+') return a + b
  if (/^[\u2212\u2013-]$/.test(operator)) return a - b
  return /^[/÷]$/.test(operator) ? a / b : a * b
}
