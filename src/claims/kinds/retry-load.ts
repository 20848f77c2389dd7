/** How much load retries make: by how many calls fail, and at most. */
import type { Claim } from '../claim.js'
import { codeBlocks, type CodeBlock } from '../code-blocks.js'
import type { TextLine } from '../document.js'
import { countOf, show } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

/** `3x load`. */
const FACTOR = /(?<![\p{L}\p{N}.,])(\d{1,2})\s?[x×](?![\p{L}\p{N}])/u
/** A factor is meant to be exact to this part. */
const SLACK = 0.05
const MOST_RETRIES = 20

interface Told {
  value: number
  line: number
}

/** Chains told line by line: `500 for 10 % of requests`, then `3 retries per call`, then at once `3x load`. */
export function checkRetryLoad(survey: Survey): Claim[] {
  return codeBlocks(survey.document).flatMap((block) => loadsIn(block, survey))
}

function loadsIn({ lines }: CodeBlock, survey: Survey): Claim[] {
  const steps = lines.filter(({ text }) => /[\p{L}\p{N}]{2}/u.test(text) && text.length < 200)
  const claims: Claim[] = []
  let [share, retries, several]: [Told | null, Told | null, boolean] = [null, null, false]
  for (const [index, line] of steps.entries()) {
    const factor = FACTOR.exec(line.text)
    const before = steps[index - 1]
    if (
      factor &&
      share &&
      retries &&
      !several &&
      before?.line === retries.line &&
      survey.words.has('load', line.text)
    )
      claims.push(loadClaim(line, factor, share, retries))
    const failing = failingShareIn(line, survey)
    const tries = retriesIn(line, survey)
    if (failing !== null) share = { value: failing, line: line.line }
    if (tries !== null) {
      several ||= retries !== null
      retries = { value: tries, line: line.line }
    }
  }
  return claims
}

function loadClaim(line: TextLine, factor: RegExpExecArray, share: Told, retries: Told): Claim {
  const stated = Number(factor[1])
  const shares = Array.from({ length: retries.value }, (_, n) => share.value ** (n + 1))
  const expected = shares.reduce((sum, part) => sum + part, 1)
  const most = 1 + retries.value
  const holds = [expected, most].some((value) => Math.abs(stated - value) <= SLACK * value)
  return claim('load', line, {
    stated: factor[0],
    recomputed: `${show(expected)}×, at most ${most}×`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${show(100 * share.value)} % failing (line ${share.line}) and ${retries.value} retries (line ${retries.line}): 1 + ${shares.map(show).join(' + ')} = ${show(expected)}; with all failing 1 + ${retries.value} = ${most}${holds ? '' : `; neither is ${factor[0]}`}`,
  })
}

function retriesIn({ text }: TextLine, { reader, words }: Survey): number | null {
  if (!words.has('retries', text)) return null
  const found = reader.in(text).filter((one) => countOf(one) !== null)
  // What is said of them in brackets may change what they count: `3 (the first call included)`.
  if (found.some(({ end }) => text.slice(end).includes('('))) return null
  const counts = found.map((one) => countOf(one))
  const [count] = counts
  return counts.length === 1 && count! >= 1 && count! <= MOST_RETRIES ? count! : null
}

/** `500 for 10 % of requests`: one share below all, of requests. */
function failingShareIn({ text }: TextLine, { reader, words }: Survey): number | null {
  const shares = reader
    .in(text)
    .filter(({ dimension, bound, low, high }) => dimension === 'percent' && bound === null && low === high)
  const [share] = shares
  return shares.length === 1 && share!.low > 0 && share!.low < 100 && words.has('requests', text)
    ? share!.low / 100
    : null
}
