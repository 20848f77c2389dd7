/** What a fault did to the measured values, over the runs of one experiment. */
import { max, median, min } from 'simple-statistics'
import type { Run } from '../facts/experiment.js'
import { groupedBy } from '../facts/grouped.js'
import { compareText } from '../facts/source.js'

/** Of the runs that recorded the value; in the metric's unit. */
export interface Spread {
  n: number
  median: number
  least: number
  most: number
}

/** Null where no run recorded the value. Values in different units are different metrics. */
export interface MetricImpact {
  name: string
  unit: string | null
  before: Spread | null
  during: Spread | null
  after: Spread | null
}

export function impactOf(runs: Run[]): MetricImpact[] {
  const readings = runs.flatMap(({ metrics }) => metrics)
  const byMetric = groupedBy(readings, ({ name, unit }) => JSON.stringify([name, unit]))
  return [...byMetric.values()]
    .map((group) => ({
      name: group[0]!.name,
      unit: group[0]!.unit,
      before: spreadOf(group.map(({ baseline }) => baseline)),
      during: spreadOf(group.map(({ during }) => during)),
      after: spreadOf(group.map(({ after }) => after)),
    }))
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.unit ?? '', b.unit ?? ''))
}

function spreadOf(values: (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return null
  return { n: known.length, median: median(known), least: min(known), most: max(known) }
}
