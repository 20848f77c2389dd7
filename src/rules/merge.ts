/** Outcomes that are about the same thing, or that one place decides, stand in a report once. */
import { groupedBy } from '../facts/grouped.js'
import { compareSources, compareText, formatSource } from '../facts/source.js'
import type { PeerIgnore } from '../facts/suppression.js'
import { SEVERITIES } from '../knowledge/severities.js'
import type { Outcome, OutcomeKind } from './outcome.js'

const WORST_FIRST: OutcomeKind[] = ['fail', 'error', 'unknown', 'pass', 'not-applicable']

/** What a rule says of one identity: of an object in several files (a base and a release) the worse outcome stands, the other place is related. */
export function mergeTwins(outcomes: Outcome[]): Outcome {
  return outcomes.reduce(mergeTwo)
}

function mergeTwo(known: Outcome, outcome: Outcome): Outcome {
  const [one, other] = worse(known, outcome) > 0 ? [outcome, known] : [known, outcome]
  const worst = one.outcome === other.outcome ? ignoredInBoth(one, other) : one
  // What the rule does not apply to is another thing in the same place, such as a second practice of one function.
  const isElsewhere = other.outcome !== 'not-applicable' && compareSources(worst.source, other.source) !== 0
  if (!isElsewhere) return worst
  const message =
    other.outcome === worst.outcome
      ? 'defined here too'
      : `defined here too, where the outcome is ${other.outcome}`
  return {
    ...worst,
    related: [...worst.related, { source: other.source, message }, ...other.related],
  }
}

/** Negative where the first is the worse: of two failures that of what runs. */
function worse(a: Outcome, b: Outcome): number {
  return (
    WORST_FIRST.indexOf(a.outcome) - WORST_FIRST.indexOf(b.outcome) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
  )
}

/** What only one of two definitions asks other tools to leave out may not be what runs. */
function ignoredInBoth(one: Outcome, other: Outcome): Outcome {
  if (!one.subject.peerIgnores) return one
  const others = (other.subject.peerIgnores ?? []).map(asked)
  const peerIgnores = one.subject.peerIgnores.filter((ignore) => others.includes(asked(ignore)))
  return { ...one, subject: { ...one.subject, peerIgnores } }
}

function asked({ tool, checks, until, onPods }: PeerIgnore): string {
  return JSON.stringify([tool, checks, until, onPods])
}

/**
 * What one place decides for several subjects of a component is one finding: a client that several callers make, say; and so is
 * what is wrong with several parts of one object. It is that of the first by identity of those that matter most; the others
 * are related.
 */
export function mergeOfOnePlace(outcomes: Outcome[]): Outcome[] {
  const byPlace = groupedBy(outcomes, placeOf)
  const alone = byPlace.get(null) ?? []
  byPlace.delete(null)
  return [...alone, ...[...byPlace.values()].map(mergeGroup)]
}

/** Null for what is judged by itself: only failures have a place that decides, and one that is ignored there stays apart. */
function placeOf({ outcome, rule, subject, source }: Outcome): string | null {
  if (outcome !== 'fail' || subject.ignores[rule.id] !== undefined) return null
  const place = subject.partOf ?? (subject.places && formatSource(source))
  return place === undefined ? null : [rule.id, subject.component, place].join('\n')
}

function mergeGroup(group: Outcome[]): Outcome {
  const [first, ...others] = group.sort(
    (a, b) => worse(a, b) || compareText(a.subject.identity, b.subject.identity),
  )
  return {
    ...first!,
    others: others.map(({ subject }) => subject),
    related: [...first!.related, ...others.flatMap(asRelated)],
  }
}

/** Of a part in its own words, for it has its own settings; of a place only whom else it concerns. */
function asRelated({ subject, source, message, related }: Outcome): Outcome['related'] {
  return subject.partOf === undefined
    ? [{ source: subject.source, message: `same finding: ${subject.label}` }]
    : [{ source, message }, ...related]
}
