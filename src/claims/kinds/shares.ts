/** Percentages beside the counts that they are shares of. */
import type { Claim } from '../claim.js'
import { countOf, show, spread, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import { wilson } from '../../statistics/intervals.js'
import type { Bin } from '../histograms.js'
import type { Survey } from '../survey.js'
import { cellQuantity, partsOf } from '../tables.js'
import type { TextLine } from '../document.js'

export function checkShares(survey: Survey): Claim[] {
  const lines = survey.document.lines.filter(({ text }) => text.length <= 500 && text.includes('%'))
  return [
    ...lines.flatMap((line) => fractions(line, survey)),
    ...histogramShares(survey),
    ...tableShares(survey),
  ]
}

/** `76/76`, `76 of 80`, with the one percentage of the same sentence. */
function fractionPattern(words: Survey['words']): RegExp {
  return new RegExp(
    String.raw`(?<![\p{L}\p{N}/.,[-])(\d[\d,.]*)\s?(?:/|${words.either('outOf')})\s?(\d[\d,.]*)(?![\p{N}/%]|[.,]\d)`,
    'giu',
  )
}

function fractions(line: TextLine, { reader, words }: Survey): Claim[] {
  const pattern = fractionPattern(words)
  return line.text.split(/[;|]|(?<=[.!?])\s+(?=\p{Lu})/u).flatMap((sentence) => {
    const percentages = reader
      .in(sentence)
      .filter(({ dimension, signed, bound }) => dimension === 'percent' && !signed && bound === null)
    const written = [...sentence.matchAll(pattern)]
    if (percentages.length !== 1 || written.length !== 1) return []
    const [percentage] = percentages
    const [part, all] = [written[0]![1]!, written[0]![2]!].map((number) => countOf(reader.only(number)))
    // 98/100 is a score, not a count of anything.
    if (
      part === null ||
      all === null ||
      part === undefined ||
      all === undefined ||
      all === 0 ||
      part > all ||
      words.has('score', sentence)
    )
      return []
    const isOfRuns = (['successes', 'failures', 'runs', 'shares'] as const).some((list) =>
      words.has(list, sentence.replaceAll('%', '')),
    )
    return isOfRuns && areTied(sentence, written[0]!, percentage!)
      ? [shareClaim({ line: line.line, text: line.text }, percentage!, part, all)]
      : []
  })
}

/** `92 % (45/50)`, `45 of 50 runs (90 %)`, `45/50 = 90 %`: one explains the other. */
function areTied(sentence: string, { index, 0: written }: RegExpExecArray, percentage: Quantity): boolean {
  const between =
    index > percentage.index
      ? sentence.slice(percentage.end, index)
      : sentence.slice(index + written.length, percentage.index)
  return between.length <= 40 && /^(?:[^,()]*\(|\s*[=:])\s*$/.test(between)
}

/** What is said of the rest counts too: 1 of 20 failed, 95 %. */
function shareClaim(
  at: { line: number; text: string },
  percentage: Quantity,
  part: number,
  all: number,
): Claim {
  const value = (100 * part) / all
  const { low, high } = spread(percentage)
  const holds = [value, 100 - value].some((one) => one > low - 1e-9 && one < high + 1e-9)
  const interval = wilson(part, all)
  const sure =
    holds && part === all
      ? `; from ${all} runs the rate is at least ${show(100 * interval.low!)} % with 95 % confidence (Wilson)`
      : ''
  return claim('share', at, {
    stated: percentage.text,
    recomputed: `${show(value)} %`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${part} / ${all} = ${show(value)} %${holds ? sure : `, not ${percentage.text}`}`,
  })
}

function histogramShares({ histograms }: Survey): Claim[] {
  return histograms.flatMap(({ bins, n }) =>
    n === 0 || !areSharesOfAll(bins)
      ? []
      : bins.flatMap(({ share, count, line, text }) =>
          share && share.bound === null ? [shareClaim({ line, text }, share, count, n)] : [],
        ),
  )
}

/** Percentages beside counts may be rates of each bin's own: as shares of all they add up. */
function areSharesOfAll(bins: Bin[]): boolean {
  const shares = bins.flatMap(({ share }) => (share ? [share.low] : []))
  const sum = shares.reduce((all, share) => all + share, 0)
  return shares.length < bins.length || (sum > 80 && sum < 120)
}

/** A column of rates, where it is one count column over another in nearly all rows. */
function tableShares({ document, reader, words }: Survey): Claim[] {
  return document.tables.flatMap((table) => {
    const { parts, total, labels } = partsOf(table, words)
    const rows = [...parts, ...(total ? [total] : [])]
    const columns = table.header.map((_, column) => column).filter((column) => column !== labels)
    const counts = columns.filter((column) =>
      rows.every(({ cells }) => countOf(reader.only(cells[column] ?? '')) !== null),
    )
    const rates = columns.filter(
      (column) => !counts.includes(column) && words.has('shares', table.header[column]!),
    )
    return rates.flatMap((column) => {
      const percentages = rows.map(({ cells }) =>
        percentageOf(cellQuantity(reader, table.header[column]!, cells[column] ?? '')),
      )
      if (rows.length < 3 || percentages.some((one) => one === null)) return []
      const number = (row: (typeof rows)[number], of: number) => countOf(reader.only(row.cells[of] ?? ''))!
      const pairs = counts.flatMap((part) =>
        counts.filter((all) => all !== part).map((all) => ({ part, all })),
      )
      const claims = pairs.map(({ part, all }) =>
        rows.map((row, index) =>
          number(row, all) === 0 || number(row, part) > number(row, all)
            ? null
            : shareClaim(
                { line: row.line, text: row.cells.join(' | ') },
                percentages[index]!,
                number(row, part),
                number(row, all),
              ),
        ),
      )
      const holding = (found: (Claim | null)[]) => found.filter((one) => one?.verdict === 'consistent').length
      const best = claims.toSorted((a, b) => holding(b) - holding(a))[0]
      if (!best || best.includes(null) || holding(best) * 3 < rows.length * 2) return []
      const leftOut = (row: (typeof rows)[number], index: number): boolean =>
        isOfFewer(
          percentages[index]!,
          counts.map((of) => number(row, of)),
        )
      return best.filter(
        (one, index): one is Claim =>
          one !== null && (one.verdict === 'consistent' || !leftOut(rows[index]!, index)),
      )
    })
  })
}

/** One count of what another leaves of a third: passed of those that were not skipped. */
function isOfFewer(percentage: Quantity, counts: number[]): boolean {
  const { low, high } = spread(percentage)
  const isIn = (value: number) => value > low - 1e-9 && value < high + 1e-9
  // Won of those that were won or lost, a draw being neither.
  const ofTwo = counts.some((part, a) =>
    counts.some((other, b) => a !== b && part + other > 0 && isIn((100 * part) / (part + other))),
  )
  if (ofTwo) return true
  return counts.some((part, a) =>
    counts.some((all, b) =>
      counts.some((other, c) => {
        const base = [all - other, all + other].filter((base) => base >= part && base > 0)
        return (
          new Set([a, b, c]).size === 3 &&
          other > 0 &&
          base.some((base) => (100 * part) / base > low - 1e-9 && (100 * part) / base < high + 1e-9)
        )
      }),
    ),
  )
}

function percentageOf(quantity: Quantity | null): Quantity | null {
  return quantity?.dimension === 'percent' && quantity.bound === null && quantity.low === quantity.high
    ? quantity
    : null
}
