/** What to do, by when: one line per rule with open findings, in the order of severity; dormant code apart, for it hurries nobody. */
import { SEVERITIES } from '../knowledge/severities.js'
import { groupedBy } from '../facts/grouped.js'
import type { ScorePolicy } from '../knowledge/policies.js'
import { isOpen, type Judged } from '../score/finding.js'
import type { Result } from './result.js'

export function recommend(failed: Judged[], policy: ScorePolicy): Result['recommendations'] {
  const byRule = groupedBy(failed.filter(isOpen), ({ rule, dormant }) => `${rule.id} ${dormant}`)
  const rows = [...byRule.values()].map((findings) => {
    const { rule } = findings[0]!
    const severity = SEVERITIES.find((each) => findings.some((finding) => finding.severity === each))!
    const where = [...new Set(findings.map(({ subject }) => subject.component ?? subject.label))].sort()
    return {
      gate: policy.gates[severity],
      weight: policy.weights[severity],
      text: `${rule.remediation} (${where.join(', ')})`,
      fingerprints: findings.map(({ fingerprint }) => fingerprint),
    }
  })
  return rows
    .sort(
      (a, b) =>
        b.weight - a.weight || b.fingerprints.length - a.fingerprints.length || (a.text < b.text ? -1 : 1),
    )
    .map(({ gate, text, fingerprints }) => ({ gate, text, fingerprints }))
}
