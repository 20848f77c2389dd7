/** Whether anybody would notice a chain, as far as that can be told. */
import type { Detection } from './detection.js'

export type Notice = 'yes' | 'no' | 'unknown'

export function noticeOf({ alerts, isCertain, sharesFate }: Detection, anyAlerts: boolean): Notice {
  if (sharesFate === true) return 'no'
  if (!anyAlerts || !isCertain) return 'unknown'
  return alerts.length > 0 ? 'yes' : 'no'
}
