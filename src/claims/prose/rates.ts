/** How many, how many of them failed, and the rate of failure, each by its name: `80,000 requests, error rate 2.5 %, 2,000 failed`. */
import type { Claim } from '../claim.js'
import { nameWords } from '../matching.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { isCount } from './figures.js'
import { labelledTogether, type Labelled } from './labelled.js'

const KINDS = ['unsuccessful', 'successes'] as const

export function checkRates(survey: Survey): Claim[] {
  return labelledTogether(survey).flatMap(({ of }) => KINDS.flatMap((kind) => ofKind(kind, of, survey)))
}

function ofKind(kind: (typeof KINDS)[number], of: Labelled[], { words }: Survey): Claim[] {
  const isOpen = of.some(({ label }) =>
    (['supposed', 'comparison', 'mean', 'score', 'objective'] as const).some((list) =>
      words.has(list, label),
    ),
  )
  const rates = of.filter(
    ({ figure, label }) =>
      figure.dimension === 'percent' && words.has(kind, label) && words.has('shares', label),
  )
  const counts = of.filter(({ figure }) => isCount(figure))
  const parts = counts.filter(({ label }) => words.has(kind, label))
  const wholes = counts.filter(({ label }) => KINDS.every((other) => !words.has(other, label)))
  const [[rate], [part], [whole]] = [rates, parts, wholes]
  const areSole = rates.length === 1 && parts.length === 1 && wholes.length === 1
  if (isOpen || !areSole || !rate || !part || !whole) return []
  if (part.figure.low > whole.figure.low || !areOfOneKind(part.label, whole.label, kind, words)) return []
  return [judge(rate, part, whole)]
}

/** They count the same things, or the part says nothing of its own. */
function areOfOneKind(
  part: string,
  whole: string,
  kind: (typeof KINDS)[number],
  words: Survey['words'],
): boolean {
  const nouns = (text: string) =>
    nameWords(text).filter((word) => !words.has('linking', word) && !words.has(kind, word))
  const [own, all] = [nouns(part), nouns(whole)]
  return own.length === 0 || own.some((word) => all.includes(word))
}

function judge(rate: Labelled, part: Labelled, whole: Labelled): Claim {
  const value = (100 * part.figure.low) / whole.figure.low
  const [least, most] = [
    (100 * (part.figure.low - roundingOf(part.figure))) / (whole.figure.low + roundingOf(whole.figure)),
    (100 * (part.figure.low + roundingOf(part.figure))) / (whole.figure.low - roundingOf(whole.figure)),
  ]
  const { low, step, text } = rate.figure
  const holds = [
    [least, most],
    [100 - most, 100 - least],
  ].some(([from, to]) => low + step > from! && low - step < to!)
  return claim('share', rate, {
    stated: text,
    recomputed: `${show(value)} %`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: `${part.figure.text} / ${whole.figure.text} = ${show(value)} %${holds ? '' : `, not ${text}`}`,
  })
}

/** Half of its last digit that is not zero, where it ends with several: 80,000 may be 76,200. */
function roundingOf({ low }: Quantity): number {
  const zeros = /0{3,}$/.exec(String(low))?.[0].length ?? 0
  return zeros === 0 ? 0 : 10 ** zeros / 2
}
