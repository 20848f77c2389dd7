/** Some groups of the runs with a mean each: what they need at least, against all runs. */
import type { Claim } from '../claim.js'
import type { Division, Group } from '../groups.js'
import { meanOfSome } from '../histograms.js'
import { overlaps, showAs, spread, type Quantity, type Range } from '../quantities.js'
import { claim } from '../say.js'
import { isOverall, type Survey } from '../survey.js'
import { within } from './means.js'

type MeanGroup = Group & { mean: Quantity }

export function checkSubgroups(survey: Survey): Claim[] {
  return survey.divisions.flatMap((division) => {
    const known = division.groups.filter(
      (group): group is MeanGroup => group.mean?.dimension === 'time' && group.mean.bound === null,
    )
    if (known.length === 0 || division.metric === null) return []
    return [...againstHistogram(known, division, survey), ...againstOverall(known, division, survey)]
  })
}

/** No group can have a larger mean than the largest values together. */
function againstHistogram(known: MeanGroup[], division: Division, survey: Survey): Claim[] {
  const fitting = survey.histograms.filter(
    (one) => one.dimension === 'time' && one.metric === division.metric && one.n === division.n,
  )
  const [histogram] = fitting
  if (!histogram || fitting.length > 1) return []
  return known.flatMap((group) => {
    if (group.count === 0) return []
    const possible = meanOfSome(histogram, group.count)
    if (overlaps(spread(group.mean), possible)) return []
    const [edge, most] =
      spread(group.mean).low > possible.high
        ? (['largest', 'at most'] as const)
        : (['smallest', 'at least'] as const)
    const limit = showAs(edge === 'largest' ? possible.high : possible.low, 'time')
    return [
      claim(
        'subgroup',
        { line: group.line, text: group.name },
        {
          stated: `${group.count}×${group.mean.text}`,
          recomputed: `${most} ${limit}`,
          verdict: 'contradicted',
          arithmetic: `the ${edge} ${group.count} of the ${histogram.n} values of the histogram of line ${histogram.line} have a mean of ${most} ${limit}; ${group.count} with a mean of ${group.mean.text} cannot be among them`,
        },
      ),
    ]
  })
}

interface Other {
  line: number
  what: string
  mean: Range
}

/** Groups without a mean take no time at least: the known ones alone bound the mean of all from below. */
function againstOverall(known: MeanGroup[], division: Division, survey: Survey): Claim[] {
  if (known.length === division.groups.length) return []
  const { n, groups } = division
  const low = known.reduce((sum, { count, mean }) => sum + count * Math.max(0, spread(mean).low), 0) / n
  const value = known.reduce((sum, { count, mean }) => sum + count * mean.low, 0)
  const others = otherMeans(division, survey)
  const broken = others.filter(({ mean }) => !overlaps(mean, { low, high: Infinity }))
  if (others.length === 0) return []
  const rest = groups
    .filter((group) => !known.includes(group as MeanGroup))
    .map(({ count }) => `${count}×0 s`)
  const parts = [...known.map(({ count, mean }) => `${count}×${mean.text}`), ...rest].join(' + ')
  const largest = known.toSorted((a, b) => b.count * b.mean.low - a.count * a.mean.low)[0]!
  const bound = `(${parts}) / ${n} = at least ${showAs(value / n, 'time')} (${showAs(low, 'time')} as they are rounded), even if the rest took no time`
  return [
    claim(
      'subgroup',
      { line: largest.line, text: largest.name },
      {
        stated: known.map(({ count, mean }) => `${count}×${mean.text}`).join(', '),
        recomputed: `mean of all ≥ ${showAs(value / n, 'time')}`,
        verdict: broken.length > 0 ? 'contradicted' : 'consistent',
        arithmetic: `${bound}; ${(broken.length > 0 ? broken : others).map(({ what, line }) => `${what} (line ${line})`).join(' and ')}`,
      },
    ),
  ]
}

/** What else the document says about the mean of the same runs. */
function otherMeans(division: Division, survey: Survey): Other[] {
  const stated = survey.statements
    .filter(
      (one) =>
        one.statistic === 'mean' &&
        one.metric === division.metric &&
        one.quantity.dimension === 'time' &&
        one.quantity.bound === null &&
        isOverall(one, division, survey),
    )
    .slice(0, 1)
    .map(({ line, quantity }) => ({
      line,
      what: `the stated mean is ${quantity.text}`,
      mean: spread(quantity),
    }))
  const divided = survey.divisions.flatMap((other) => {
    const means = other.groups.map(({ mean }) => mean)
    if (
      other === division ||
      other.n !== division.n ||
      other.metric !== division.metric ||
      means.some((mean) => mean?.dimension !== 'time')
    )
      return []
    const total = (edge: 'low' | 'high') =>
      other.groups.reduce((sum, { count, mean }) => sum + count * spread(mean!)[edge], 0) / other.n
    const mean = { low: total('low'), high: total('high') }
    return [{ line: other.line, what: `the groups give ${within(mean, 'time')}`, mean }]
  })
  return [...stated, ...divided]
}
