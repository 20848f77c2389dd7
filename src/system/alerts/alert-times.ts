/** Alerts that fired in runs: when they did, beside when they had to by their rules. */
import type { AlertRule } from '../../facts/alert.js'
import type { Run } from '../../facts/experiment.js'
import { compareText } from '../../facts/source.js'
import { firingBounds, type Clocks } from './detection-bounds.js'

/** Seconds after the start of the fault, before anything is sent. */
export interface AlertTime {
  run: string
  alert: string
  measured: number
  /** Null where no rule of the name was read. */
  predicted: { earliest: number; latest: number | null } | null
  is: 'within' | 'earlier' | 'later' | 'unknown'
}

/** One for each run that is not invalid and alert: in others the fault may not have been what the alert saw. */
export function alertTimesOf(runs: Run[], alerts: AlertRule[], clocks: Clocks): AlertTime[] {
  return runs
    .filter(({ grade }) => grade !== 'invalid')
    .flatMap((run) =>
      [...firstFirings(run)].map(([name, measured]) => {
        const predicted = predictionOf(
          alerts.filter((alert) => alert.name === name),
          clocks,
        )
        return { run: run.id, alert: name, measured, predicted, is: standingOf(measured, predicted) }
      }),
    )
    .sort((a, b) => compareText(a.alert, b.alert))
}

/** Seconds after the fault, by the name of the alert: what fired before did not fire because of it, and what fires again did. */
function firstFirings({ alerts }: Run): Map<string, number> {
  const first = new Map<string, number>()
  for (const { name, afterSeconds } of alerts)
    if (afterSeconds !== null && afterSeconds >= 0)
      first.set(name, Math.min(afterSeconds, first.get(name) ?? Infinity))
  return first
}

/** Which of several rules of one name fired is not known: the widest bounds. */
function predictionOf(rules: AlertRule[], clocks: Clocks): AlertTime['predicted'] {
  if (rules.length === 0) return null
  const bounds = rules.map((rule) => firingBounds(rule, clocks))
  const ends = bounds.map(({ latest }) => latest)
  return {
    earliest: Math.min(...bounds.map(({ soonest }) => soonest)),
    latest: ends.includes(null) ? null : Math.max(...ends.map(Number)),
  }
}

function standingOf(measured: number, predicted: AlertTime['predicted']): AlertTime['is'] {
  if (predicted === null) return 'unknown'
  if (measured < predicted.earliest) return 'earlier'
  if (predicted.latest === null) return 'unknown'
  return measured <= predicted.latest ? 'within' : 'later'
}
