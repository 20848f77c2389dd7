/** Maturity: the level that a dimension has shown, and what the next one needs. */
import type { ScorePolicy } from '../knowledge/policies.js'
import type { Model } from '../system/model.js'
import type { Judged } from './finding.js'

export interface Maturity {
  level: number
  dimensions: { id: string; level: number; evidence: string }[]
}

type Asked = ScorePolicy['maturity'][number]
type ShareName = Asked['shown'][number]['share']

/** Of the failure chains and the experiments: how many of how many. */
export type Shown = Record<ShareName, { count: number; of: number }>

const NONE = { count: 0, of: 0 }
export const NOTHING_SHOWN: Shown = {
  'chains-noticed': NONE,
  'chains-tried': NONE,
  'chains-tested': NONE,
  'experiments-run': NONE,
}

type Level = keyof ScorePolicy['barredBy']
const LEVELS = [2, 3, 4, 5] as const

export function shownBy({ chains, programme }: Pick<Model, 'chains' | 'programme'>): Shown {
  const share = <Item>(items: Item[], holds: (item: Item) => boolean): { count: number; of: number } => ({
    count: items.filter(holds).length,
    of: items.length,
  })
  return {
    'chains-noticed': share(chains, ({ noticed }) => noticed === 'yes'),
    'chains-tried': share(chains, ({ runs }) => runs.some(({ counts }) => counts)),
    'chains-tested': share(chains, ({ state }) => state === 'TESTED'),
    'experiments-run': share(programme, ({ lastCounted }) => lastCounted !== null),
  }
}

/** Silence earns nothing: shares count what is unknown as failed. The whole is the lowest of the dimensions. */
export function maturityOf(
  dimensions: { id: string; low: number }[],
  byCategory: Map<string, Judged[]>,
  shown: Shown,
  policy: ScorePolicy,
): Maturity {
  const levels = policy.maturity.map((asked) => {
    const low = dimensions.find(({ id }) => id === asked.id)?.low ?? 0
    const { categories = [] } = policy.dimensions.find(({ id }) => id === asked.id) ?? {}
    const own = categories.flatMap((category) => byCategory.get(category) ?? [])
    return reached(asked, low, own, shown, policy)
  })
  return { level: Math.min(...levels.map(({ level }) => level)), dimensions: levels }
}

function reached(
  asked: Asked,
  low: number,
  own: Judged[],
  shown: Shown,
  policy: ScorePolicy,
): Maturity['dimensions'][number] {
  const barred = LEVELS.find((level) => lackingFor(level, asked, low, own, shown, policy).length > 0)
  const evidence = `${asked.title}: at least ${shortened(low)} of 100 from answered checks`
  if (barred === undefined) return { id: asked.id, level: 5, evidence }
  const needs = lackingFor(barred, asked, low, own, shown, policy).join(', and ')
  return { id: asked.id, level: barred - 1, evidence: `${evidence}; level ${barred} needs ${needs}` }
}

function lackingFor(
  level: Level,
  asked: Asked,
  low: number,
  own: Judged[],
  shown: Shown,
  policy: ScorePolicy,
): string[] {
  const place = level - 2
  const bound = asked.levels[place]! * 100
  const severities = policy.barredBy[level]
  const failing = own.filter(({ outcome, severity }) => outcome === 'fail' && severities.includes(severity))
  return [
    ...(low < bound ? [`${shortened(bound)} of 100`] : []),
    ...(failing.length > 0
      ? [`no failing check of ${severities.join(' or ')} severity (${failing.length} fail)`]
      : []),
    ...asked.shown.flatMap(({ share, text, levels }) => lackingShare(shown[share], text, levels[place]!)),
  ]
}

/** Of none found nothing was shown, whatever the bound. */
function lackingShare({ count, of }: { count: number; of: number }, text: string, bound: number): string[] {
  if (of === 0) return [`${text} (none was found, so this is not known)`]
  return count / of >= bound ? [] : [`${Math.round(bound * 100)}% of ${text} (${count} of ${of})`]
}

/** As the score is printed. */
function shortened(value: number): number {
  return Number(value.toFixed(1))
}
