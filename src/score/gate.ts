/** Does the gate of a CI job hold. */
import { SEVERITIES, type Severity } from '../knowledge/severities.js'
import { isOpen, type Judged } from './finding.js'
import type { Score } from './score.js'

export interface GateSettings {
  failOn: Severity | 'none'
  /** 0 to 100. */
  minScore: number | null
  minCoverage: number | null
}

/** Reasons why the gate does not hold; none when it does. A score that does not exist reaches no minimum. */
export function gateFailures(judged: Judged[], score: Score, settings: GateSettings): string[] {
  const failures: string[] = []
  const limit = SEVERITIES.findIndex((severity) => severity === settings.failOn)
  const counted = judged.filter((finding) => isOpen(finding) && SEVERITIES.indexOf(finding.severity) <= limit)
  if (counted.length > 0)
    failures.push(
      `${counted.length} open finding${counted.length === 1 ? '' : 's'} of severity ${settings.failOn} or above`,
    )
  if (settings.minScore !== null && (score.value ?? -1) < settings.minScore)
    failures.push(`score ${score.value ?? 'unknown'} is below ${settings.minScore}`)
  if (settings.minCoverage !== null && score.coverage * 100 < settings.minCoverage)
    failures.push(`coverage ${Math.floor(score.coverage * 1000) / 10} % is below ${settings.minCoverage} %`)
  return failures
}
