import { log } from './log.js'
import { page } from './slack.js'

const ESCALATE_AFTER_MS = 5 * 60 * 1000
const waiting = new Map<string, NodeJS.Timeout>()

/** Pages the person on call when nobody has acknowledged the alert within five minutes. */
export function startEscalation(alertId: string, onCallUserId: string): void {
  const timer = setTimeout(async () => {
    waiting.delete(alertId)
    try {
      await page(onCallUserId, `Alert ${alertId} has not been acknowledged.`)
    } catch (error) {
      log.error({ error, alertId }, 'escalation failed')
    }
  }, ESCALATE_AFTER_MS)
  waiting.set(alertId, timer)
}

export function acknowledge(alertId: string): boolean {
  const timer = waiting.get(alertId)
  if (!timer) return false
  clearTimeout(timer)
  return waiting.delete(alertId)
}
