/** Shares and percentiles in sentences against the histogram under the same heading: `88% faster than 500 ms`, `the p95 between 250 and 500 ms`. */
import type { Claim } from '../claim.js'
import { edgedIn, type Edged } from '../edges.js'
import { headingOf } from '../happenings.js'
import { show, showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'

export function checkCumulative(survey: Survey): Claim[] {
  const histograms = edgedIn(survey)
  if (histograms.length === 0) return []
  return survey.sentences.flatMap((sentence) => {
    const own = histograms.filter(({ section }) => headingOf(section) === headingOf(sentence.section))
    const [histogram, more] = own
    if (!histogram || more || survey.words.has('elsewhere', sentence.text)) return []
    return [...shares(sentence, histogram, survey), ...percentiles(sentence, histogram, survey)]
  })
}

/** A share, the word for below or above, and an edge of the histogram. */
function shares({ text, line }: Sentence, histogram: Edged, { reader, words }: Survey): Claim[] {
  const quantities = reader.in(text)
  return quantities.flatMap((share, place) => {
    const edge = quantities[place + 1]
    if (share.dimension !== 'percent' || share.bound !== null || share.isAbout || share.low !== share.high)
      return []
    if (!edge || edge.dimension !== 'time' || edge.low !== edge.high || edge.signed) return []
    const between = text.slice(share.end, edge.index)
    const [below, above] = [words.has('atMost', between), words.has('moreThan', between)]
    const at = histogram.bins.find(({ high }) => Math.abs(high - edge.low) < 1e-9 * Math.max(1, high))
    if (/[.;:,]/.test(between) || below === above || !at) return []
    const value = below ? (100 * at.cumulative) / histogram.n : 100 - (100 * at.cumulative) / histogram.n
    const holds = Math.abs(value - share.low) < share.step
    return [
      claim(
        'share',
        { line, text },
        {
          stated: share.text,
          recomputed: `${show(value)} %`,
          verdict: holds ? 'consistent' : 'contradicted',
          arithmetic: `${at.cumulative} of ${histogram.n} are at most ${showAs(at.high, 'time')} (histogram of line ${histogram.line}): ${show(value)} %${below ? '' : ' above'}`,
        },
      ),
    ]
  })
}

const PERCENTILE = /(?<![\p{L}\p{N}])p(\d{2})(?!\d)/giu

/** `the p95 lies between 250 and 500 ms`: the bin of that rank must reach into it. */
function percentiles({ text, line }: Sentence, histogram: Edged, { reader }: Survey): Claim[] {
  const named = [...text.matchAll(PERCENTILE)]
  const quantities = reader.in(text)
  return named.flatMap((found, place) => {
    const from = found.index + found[0].length
    const until = named[place + 1]?.index ?? text.length
    const stated = quantities.find(
      ({ index, dimension }) => index >= from && index < until && dimension === 'time',
    )
    if (!stated || /[.;]/.test(text.slice(from, stated.index)) || stated.low === stated.high) return []
    return [percentile({ line, text }, Number(found[1]), stated, histogram)]
  })
}

function percentile(
  at: { line: number; text: string },
  p: number,
  stated: Quantity,
  { bins, n, line }: Edged,
): Claim {
  const rank = (p / 100) * n
  const place = bins.findIndex(({ cumulative }) => cumulative >= rank - 1e-9)
  const [bin, low] = [bins[place]!, bins[place - 1]?.high ?? 0]
  // A rank right at an edge may belong to either side of it.
  const next =
    Math.abs(bin.cumulative - rank) <= Math.max(1, 0.001 * n) ? (bins[place + 1]?.high ?? bin.high) : bin.high
  const holds = stated.low < next && stated.high > low
  return claim('percentile', at, {
    stated: `p${p} ${stated.text}`,
    recomputed: `${showAs(low, 'time')} to ${showAs(bin.high, 'time')}`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `p${p} is value ${show(rank)} of ${n}, which lies in ${showAs(low, 'time')} to ${showAs(bin.high, 'time')} (histogram of line ${line})`,
  })
}
