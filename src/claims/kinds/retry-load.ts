/** How much load retries make: by how many calls fail, and at most. */
import type { Claim } from '../claim.js'
import type { TextLine } from '../document.js'
import { countOf, show } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

/** `3x load`. */
const FACTOR = /(?<![\p{L}\p{N}.,])(\d+(?:[.,]\d+)?)\s?[x×](?![\p{L}\p{N}])/u
/** A factor is meant to be exact to this part. */
const SLACK = 0.05
const MOST_RETRIES = 20

/** `500 for 10 % of requests`, `3 retries per call`, `3x load`, told one after the other in one block. */
export function checkRetryLoad(survey: Survey): Claim[] {
  const { document, words } = survey
  return document.lines.flatMap((line, index) => {
    const factor = line.text.length > 200 ? null : FACTOR.exec(line.text)
    if (!factor || !words.has('load', line.text)) return []
    const before = document.lines.slice(0, index).filter(({ block }) => block === line.block)
    const retries = lastOf(before, (one) => retriesIn(one, survey))
    const share = lastOf(before, (one) => failingShareIn(one, survey))
    if (retries === null || share === null) return []
    const stated = Number(factor[1]!.replace(',', '.'))
    const expected = Array.from({ length: retries.value + 1 }, (_, n) => share.value ** n).reduce(
      (sum, part) => sum + part,
      0,
    )
    const most = 1 + retries.value
    const holds = [expected, most].some((value) => Math.abs(stated - value) <= SLACK * value)
    const terms = Array.from({ length: retries.value }, (_, n) => show(share.value ** (n + 1)))
    return [
      claim('load', line, {
        stated: factor[0],
        recomputed: `${show(expected)}×, at most ${most}×`,
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `${show(100 * share.value)} % failing (line ${share.line}) and ${retries.value} retries (line ${retries.line}): 1 + ${terms.join(' + ')} = ${show(expected)}; with all failing 1 + ${retries.value} = ${most}${holds ? '' : `; neither is ${factor[0]}`}`,
      }),
    ]
  })
}

interface Found {
  value: number
  line: number
}

function lastOf(lines: TextLine[], read: (line: TextLine) => number | null): Found | null {
  const found = lines.flatMap((line) => {
    const value = read(line)
    return value === null ? [] : [{ value, line: line.line }]
  })
  return found.at(-1) ?? null
}

function retriesIn({ text }: TextLine, { reader, words }: Survey): number | null {
  const word = words.find('retries', text)
  const counts = word
    ? reader.in(text).flatMap((one) => (one.end <= word.index + word.length + 30 ? [countOf(one)] : []))
    : []
  const [count] = counts.filter((one) => one !== null && one >= 1 && one <= MOST_RETRIES)
  return counts.length === 1 ? (count ?? null) : null
}

/** `500 for 10% of requests`: one share below all, of requests. */
function failingShareIn({ text }: TextLine, { reader, words }: Survey): number | null {
  const shares = reader
    .in(text)
    .filter(
      ({ dimension, bound, low, high }) =>
        dimension === 'percent' && bound === null && low === high && low > 0 && low < 100,
    )
  return shares.length === 1 && words.has('requests', text) ? shares[0]!.low / 100 : null
}
