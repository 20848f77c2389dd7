/** Runs against the hours at which the policy forbids them. */
import type { SafetyPolicy } from '../../facts/safety-policy.js'
import { meetsWindow } from '../../facts/weekly-window.js'
import { type Safeguard, safeguard } from './safeguard.js'
import type { Span } from './span.js'
import { upTo } from './unrecorded-end.js'

/** `longestMs`: how long a run may have lasted whose end is not recorded. */
export function windowsKept(span: Span | null, policies: SafetyPolicy[], longestMs: number): Safeguard {
  const windows = policies.flatMap((policy) => policy.forbiddenWindows)
  const kept = safeguard(windows.length > 0)
  if (!kept.stated) return kept
  if (!span) {
    kept.open.push('when it ran')
    return kept
  }
  for (const window of windows) {
    if (meetsWindow(span.from, span.to ?? span.seenUntil, window))
      kept.breaches.push(`forbidden: ${window.text}`)
    else if (span.to === null && meetsWindow(span.from, span.from + longestMs, window))
      kept.open.push(`whether it had ended before ${window.text}, ${upTo()}`)
  }
  return kept
}
