/** Names of environments. */
import { safetyRules } from '../knowledge/safety/safety-rules.js'

/** One key whatever letters a name is written in, and whether it is cut short: `Prod`, `production`. */
export function environmentKey(environment: string): string {
  const name = environment.trim().toLowerCase()
  const whole = Object.entries(safetyRules().environments).find(([, short]) => short.includes(name))
  return whole?.[0] ?? name
}
