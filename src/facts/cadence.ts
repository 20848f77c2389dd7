/** How often an experiment is to be repeated. */

const DAYS = new Map([
  ['daily', 1],
  ['weekly', 7],
  ['monthly', 31],
  ['quarterly', 92],
  ['semiannually', 183],
  ['annually', 366],
])

/** Longest number of days between two repetitions; null for a cron expression or another text. */
export function cadenceDays(every: string): number | null {
  return DAYS.get(every.trim().toLowerCase()) ?? null
}
