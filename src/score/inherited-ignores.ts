/** Ignores that were written for other tools, as acceptances of what our rules find at the same thing. */
import type { PeerIgnore } from '../facts/suppression.js'
import { rulesLike } from '../knowledge/peer-checks.js'
import type { Outcome } from '../rules/outcome.js'
import type { Acceptance } from './acceptance.js'

/** Of several that are about the finding the first that holds, one with a reason before others; null when there is none. */
export function inheritedAcceptance({ rule, subject }: Outcome, asOf: string): Acceptance | null {
  const acceptances = (subject.peerIgnores ?? [])
    .flatMap((ignore) => narrowed(ignore, rule.id) ?? [])
    .map((ignore) => acceptanceBy(ignore, asOf))
  const holding = acceptances.filter(({ expired }) => !expired)
  return holding.find(({ inherited }) => inherited?.reason !== null) ?? holding[0] ?? acceptances[0] ?? null
}

/** With only those of its checks that our rule is like; null where none is. */
function narrowed(ignore: PeerIgnore, rule: string): PeerIgnore | null {
  const isAbout = (checks: string[] | null): boolean =>
    rulesLike(ignore.tool, checks, ignore.onPods).has(rule)
  if (ignore.checks === null) return isAbout(null) ? ignore : null
  const checks = ignore.checks.filter((check) => isAbout([check]))
  return checks.length > 0 ? { ...ignore, checks } : null
}

function acceptanceBy(ignore: PeerIgnore, asOf: string): Acceptance {
  const { tool, checks, reason, until, source } = ignore
  return {
    reason: reason ?? reasonless(ignore),
    owner: `inherited from ${tool}`,
    expires: until?.slice(0, 10) ?? 'never',
    expired: until !== null && Date.parse(until) <= Date.parse(asOf),
    inherited: { tool, checks, reason, path: source.path, line: source.line },
  }
}

function reasonless({ tool, mayHaveReason }: PeerIgnore): string {
  return mayHaveReason ? 'no reason given' : `no reason given: this form of ${tool} has no field for one`
}
