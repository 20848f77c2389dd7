/** Conditions at which a run is to be stopped against what was measured during it. */
import type { AbortCondition, Condition, Run } from '../../facts/experiment.js'
import { comparable, measure } from '../../facts/measure.js'
import { formatDuration } from '../../facts/units.js'
import { type Safeguard, safeguard } from './safeguard.js'

/** A run that was stopped kept to them, whichever it was stopped for. */
export function abortKept(run: Run, conditions: AbortCondition[]): Safeguard {
  const kept = safeguard(conditions.length > 0)
  if (run.verdict === 'aborted') return kept
  for (const condition of conditions) {
    const met = meets(run, condition)
    if (met === null) kept.open.push(`whether ${inWords(condition)}`)
    else if (met !== false) kept.breaches.push(`${met}, abort condition ${inWords(condition)}`)
  }
  return kept
}

/** What was measured where the condition was met; null where the record does not tell. */
function meets(run: Run, condition: AbortCondition): string | false | null {
  const readings = readingsOf(run, condition)
  const held = readings && longestHeld(readings, condition)
  if (held) return held
  const metric = run.metrics.find(({ name }) => name === condition.metric)
  const during = metric?.during ?? null
  if (!metric || during === null) {
    const decided = readings?.every((reading) => fulfils(reading.value, reading.unit, condition) !== null)
    return decided ? false : null
  }
  const holds = fulfils(during, metric.unit, condition)
  if (holds === null) return null
  if (!holds) return false
  // One figure for the whole run does not tell how long it held.
  return condition.windowSeconds > 0 ? null : `${condition.metric} was ${during}${unitText(metric.unit)}`
}

interface Reading {
  at: number
  value: number
  unit: string | null
}

function readingsOf(run: Run, { metric }: Condition): Reading[] | null {
  const unit = run.metrics.find(({ name }) => name === metric)?.unit ?? null
  const readings = (run.conduct?.readings ?? []).flatMap(({ at, values }) => {
    const value = Object.hasOwn(values, metric) ? values[metric] : undefined
    return value === undefined || !duringRun(run, at) ? [] : [{ at: Date.parse(at), value, unit }]
  })
  return readings.length === 0 ? null : readings.sort((a, b) => a.at - b.at)
}

function duringRun({ faultStart, endedAt }: Run, at: string): boolean {
  return (!faultStart || at >= faultStart.earliest) && (endedAt === null || at <= endedAt)
}

/** The first stretch of readings that met it long enough; null when none is known to have. */
function longestHeld(readings: Reading[], condition: AbortCondition): string | null {
  let since: Reading | null = null
  for (const reading of readings) {
    if (fulfils(reading.value, reading.unit, condition) !== true) {
      since = null
      continue
    }
    since ??= reading
    const seconds = (reading.at - since.at) / 1000
    if (seconds < condition.windowSeconds) continue
    const lasting = condition.windowSeconds > 0 ? ` and stayed so for ${formatDuration(seconds)}` : ''
    const time = new Date(since.at).toISOString().slice(11, 19)
    return `${condition.metric} was ${since.value}${unitText(since.unit)} at ${time} UTC${lasting}`
  }
  return null
}

/** Null where the two cannot be set against each other. */
function fulfils(value: number, unit: string | null, condition: Condition): boolean | null {
  if (typeof condition.value !== 'number') return null
  const [was, bound] = [
    measure(value, unit, String(value)),
    measure(condition.value, condition.unit, String(condition.value)),
  ]
  return comparable(was, bound) ? (COMPARE[condition.operator]?.(was.value, bound.value) ?? null) : null
}

const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
}

function inWords({ metric, operator, value, unit, windowSeconds }: AbortCondition): string {
  const lasting = windowSeconds > 0 ? ` for ${formatDuration(windowSeconds)}` : ''
  return `${metric} ${operator} ${value}${unitText(unit)}${lasting}`
}

function unitText(unit: string | null): string {
  return unit === null ? '' : unit === '%' ? ' %' : ` ${unit}`
}
