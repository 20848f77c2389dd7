/** In what relation one column of a table may stand to two others. */
import { DAY } from './moments.js'
import type { Dimension, Range } from './quantities.js'

export interface Cell extends Range {
  value: number
  text: string
  kind: Dimension | 'clock'
}

export interface Relation {
  name: (a: string, b: string) => string
  /** What the third is, of the kind that it is; null where the two do not give it. */
  of: (a: Cell, b: Cell) => (Range & { value: number; kind: Cell['kind'] }) | null
  /** Small whole numbers stand in such a relation by chance. */
  isCommon: boolean
}

export const RELATIONS: Relation[] = [
  {
    name: (a, b) => `${a} + ${b}`,
    of: (a, b) => combine(a, b, (x, y) => x + y, sameKind(a, b)),
    isCommon: true,
  },
  {
    name: (a, b) => `${a} - ${b}`,
    of: (a, b) => combine(a, b, (x, y) => x - y, sameKind(a, b)),
    isCommon: true,
  },
  {
    name: (a, b) => `${a} × ${b}`,
    of: (a, b) => combine(a, b, (x, y) => x * y, productKind(a, b)),
    isCommon: true,
  },
  {
    name: (a, b) => `${a} × (1 + ${b})`,
    of: (a, b) =>
      combine(a, b, (x, y) => x * (1 + y), b.kind === 'number' && a.kind === 'time' ? 'time' : null),
    isCommon: true,
  },
  {
    name: (a, b) => `${a} / ${b}`,
    of: (a, b) =>
      combine(
        a,
        b,
        (x, y) => (100 * x) / y,
        sameKind(a, b) && a.kind !== 'clock' && b.low > 0 ? 'percent' : null,
      ),
    isCommon: false,
  },
  {
    name: (a, b) => `the change from ${a} to ${b}`,
    of: (a, b) => combine(b, a, (x, y) => 100 * (x / y - 1), sameKind(a, b) && a.low > 0 ? 'percent' : null),
    isCommon: false,
  },
  {
    name: (a, b) => `the time from ${a} to ${b}`,
    of: (a, b) => {
      const seconds = (b.value - a.value + DAY) % DAY
      return a.kind === 'clock' && b.kind === 'clock'
        ? { value: seconds, low: seconds - 60, high: seconds + 60, kind: 'time' }
        : null
    },
    isCommon: false,
  },
]

function sameKind(a: Cell, b: Cell): Cell['kind'] | null {
  return a.kind === b.kind && a.kind !== 'clock' ? a.kind : null
}

function productKind(a: Cell, b: Cell): Cell['kind'] | null {
  if (a.kind === 'number') return b.kind === 'percent' || b.kind === 'clock' ? null : b.kind
  return b.kind === 'number' && a.kind === 'time' ? 'time' : null
}

function combine(
  a: Cell,
  b: Cell,
  compute: (x: number, y: number) => number,
  kind: Cell['kind'] | null,
): (Range & { value: number; kind: Cell['kind'] }) | null {
  if (kind === null || kind === 'clock') return null
  const half = (one: Cell) => [one.value - (one.value - one.low) / 2, one.value + (one.high - one.value) / 2]
  const edges = half(a).flatMap((x) => half(b).map((y) => compute(x, y)))
  return edges.every(Number.isFinite)
    ? { value: compute(a.value, b.value), low: Math.min(...edges), high: Math.max(...edges), kind }
    : null
}
