/** Whether anybody would notice a chain, as far as that can be told. */
import type { DetectionPolicy } from '../knowledge/policies.js'
import type { Detection } from './detection.js'

export type Notice = 'yes' | 'no' | 'unknown'

/** Unknown without alert rules, and for a fault of which no symptom is known: no alert could be told to show it. */
export function noticeOf(
  { alerts }: Detection,
  fault: string,
  { faults }: DetectionPolicy,
  anyAlerts: boolean,
): Notice {
  if (alerts.length > 0) return 'yes'
  return anyAlerts && Object.hasOwn(faults, fault) ? 'no' : 'unknown'
}
