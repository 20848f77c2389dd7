/** May this go live: GO, CONDITIONS, NO-GO or INCOMPLETE, with the reasons. */
import type { ScorePolicy } from '../knowledge/policies.js'
import { isOpen, type Judged } from './finding.js'

export interface Verdict {
  verdict: 'GO' | 'CONDITIONS' | 'NO-GO' | 'INCOMPLETE'
  reasons: string[]
  /** Fingerprints of the open findings that block. */
  blockers: string[]
}

type VerdictPolicy = ScorePolicy['verdict']

/** What could not be read, as far as it matters for the verdict. */
export interface Gaps {
  /** Inputs that are evidence and were not read, or not whole, each with the reason. */
  unreadInputs: string[]
  /** Kinds of evidence of which nothing was found. */
  absentEvidence: string[]
  coverage: number
}

/**
 * A blocker is certain whatever else is unknown, so NO-GO comes first. Then INCOMPLETE: evidence was unreadable or absent,
 * or too few checks could be answered. Then CONDITIONS: open findings of a conditional severity, or accepted blockers.
 */
export function verdictOf(judged: Judged[], gaps: Gaps, { verdict: policy }: ScorePolicy): Verdict {
  const open = judged.filter(isOpen)
  const blocking = open.filter(({ severity }) => policy.blocking.includes(severity))
  const missing = missingEvidence(gaps, policy)
  const conditions = conditionsOf(judged, policy)
  const blockers = blocking.map(({ fingerprint }) => fingerprint)
  if (blocking.length > 0) {
    const blocked = `${count(blocking.length, 'open finding')} of severity ${policy.blocking.join(' or ')}`
    return { verdict: 'NO-GO', reasons: [blocked, ...missing, ...conditions], blockers }
  }
  if (missing.length > 0) return { verdict: 'INCOMPLETE', reasons: [...missing, ...conditions], blockers }
  if (conditions.length > 0) return { verdict: 'CONDITIONS', reasons: conditions, blockers }
  return {
    verdict: 'GO',
    reasons: ['no open finding blocks, and enough checks could be answered'],
    blockers,
  }
}

function missingEvidence({ unreadInputs, absentEvidence, coverage }: Gaps, policy: VerdictPolicy): string[] {
  const absent = policy.requiredEvidence.filter((kind) => absentEvidence.includes(kind))
  const missing: [boolean, string][] = [
    [
      unreadInputs.length > 0,
      `${count(unreadInputs.length, 'input')} could not be read in full: ${some(unreadInputs)}`,
    ],
    [absent.length > 0, `no ${absent.join(', no ')} found`],
    [
      coverage < policy.minCoverage,
      `only ${Math.floor(coverage * 1000) / 10} % of the applicable checks could be answered; ${Math.round(policy.minCoverage * 100)} % are required`,
    ],
  ]
  return missing.flatMap(([holds, reason]) => (holds ? [reason] : []))
}

function conditionsOf(judged: Judged[], { conditional, blocking }: VerdictPolicy): string[] {
  const open = judged.filter((finding) => isOpen(finding) && conditional.includes(finding.severity))
  const accepted = judged.filter(
    (finding) => finding.outcome === 'fail' && !isOpen(finding) && blocking.includes(finding.severity),
  )
  return [
    ...(open.length > 0
      ? [`${count(open.length, 'open finding')} of severity ${conditional.join(' or ')}`]
      : []),
    ...(accepted.length > 0 ? [`${count(accepted.length, 'blocker')} accepted`] : []),
  ]
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

function some(names: string[]): string {
  const shown = names.slice(0, 3).join(', ')
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown
}
