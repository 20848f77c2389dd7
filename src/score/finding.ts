/** An outcome with its standing: accepted by somebody, or open. */
import type { Configuration, Waiver } from '../knowledge/configuration.js'
import type { Outcome } from '../rules/outcome.js'
import { IN_PLACE, type Acceptance } from './acceptance.js'
import { inheritedAcceptance } from './inherited-ignores.js'

export interface Judged extends Outcome {
  acceptance: Acceptance | null
}

export interface Suppressions {
  judged: Judged[]
  /** Of these the few that fail. */
  failed: Judged[]
  /** Waivers that matched no failing check: mistyped, or no longer needed. */
  unused: Waiver[]
  /** Waivers that no longer hold, with the findings that count again. */
  expired: { waiver: Waiver; outcome: Outcome }[]
}

/**
 * Fails are matched with in-place ignores and waivers; a waiver's `where` is a component, an identity, a path or a
 * fingerprint, whole. What a team says to us goes before what it says to other tools.
 */
export function acceptRisks(
  outcomes: Outcome[],
  ignoreAt: (outcome: Outcome) => string | null,
  configuration: Configuration,
  asOf: string,
): Suppressions {
  const used = new Set<Waiver>()
  const expired: Suppressions['expired'] = []
  const inherits = configuration.policies.inheritIgnores
  const judged = outcomes.map((outcome): Judged => {
    if (outcome.outcome !== 'fail') return judgedAs(outcome, null)
    const waivers = configuration.waivers.filter(
      (candidate) => candidate.rule === outcome.rule.id && isAbout(candidate, outcome),
    )
    for (const waiver of waivers) used.add(waiver)
    const reason = (outcome.subject.ignores[outcome.rule.id] ?? ignoreAt(outcome) ?? '').trim()
    if (reason !== '') return judgedAs(outcome, { reason, owner: IN_PLACE, expires: 'never', expired: false })
    const waiver = waivers.find((candidate) => !isExpired(candidate, asOf)) ?? waivers[0]
    if (!waiver) return judgedAs(outcome, inherits ? inheritedAcceptance(outcome, asOf) : null)
    if (isExpired(waiver, asOf)) expired.push({ waiver, outcome })
    return judgedAs(outcome, acceptanceBy(waiver, asOf))
  })
  return {
    judged,
    failed: judged.filter(({ outcome }) => outcome === 'fail'),
    unused: configuration.waivers.filter((waiver) => !used.has(waiver)),
    expired,
  }
}

/** Written out, for there is one for every check: to V8 a spread with one more field costs thirty times as much. */
function judgedAs(outcome: Outcome, acceptance: Acceptance | null): Judged {
  return {
    rule: outcome.rule,
    severity: outcome.severity,
    subject: outcome.subject,
    dormant: outcome.dormant,
    others: outcome.others,
    outcome: outcome.outcome,
    reason: outcome.reason,
    question: outcome.question,
    source: outcome.source,
    related: outcome.related,
    message: outcome.message,
    fingerprint: outcome.fingerprint,
    acceptance,
  }
}

function acceptanceBy(waiver: Waiver, asOf: string): Acceptance {
  const { reason, owner, expires } = waiver
  return { reason, owner, expires, expired: isExpired(waiver, asOf) }
}

/** A waiver holds through the day it names. */
function isExpired({ expires }: Waiver, asOf: string): boolean {
  return expires.slice(0, 10) < asOf.slice(0, 10)
}

function isAbout({ where }: Waiver, { subject, source, fingerprint }: Outcome): boolean {
  return [subject.component, subject.identity, source.path, fingerprint].includes(where)
}

/** A failing check that nobody has validly accepted. */
export function isOpen(judged: Judged): boolean {
  return judged.outcome === 'fail' && (judged.acceptance === null || judged.acceptance.expired)
}
