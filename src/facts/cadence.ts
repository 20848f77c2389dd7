/** How often an experiment is to be repeated. */
import { daysBetweenRuns } from './cron.js'

const DAYS = new Map([
  ['daily', 1],
  ['weekly', 7],
  ['monthly', 31],
  ['quarterly', 92],
  ['semiannually', 183],
  ['annually', 366],
])

/** Longest number of days between two repetitions, of a word or a cron expression; null for another text. */
export function cadenceDays(every: string): number | null {
  return DAYS.get(every.trim().toLowerCase()) ?? daysBetweenRuns(every)
}
