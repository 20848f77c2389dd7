/** Ignore comments in code, as a question that a finding can be asked. */
import type { Facts } from '../facts/fact.js'
import type { Source } from '../facts/source.js'
import type { Outcome } from '../rules/evaluate.js'

/** The reason why a finding is ignored at its place; null when it is not, '' when the comment gives none. */
export function ignoreComments(facts: Facts): (outcome: Outcome) => string | null {
  const reasons = new Map(
    facts
      .of('suppression')
      .map(({ source, rule, reason, appliesToLine }) => [
        `${rule} ${source.path}:${appliesToLine}`,
        reason ?? '',
      ]),
  )
  return (outcome) => {
    const reasonAt = ({ path, line }: Source): string | null =>
      reasons.get(`${outcome.rule.id} ${path}:${line}`) ?? null
    return reasonAt(outcome.subject.source) ?? reasonForAll(placesOf(outcome).map(reasonAt))
  }
}

/** A finding about a client is about each of its unguarded calls: a comment above one says nothing of the others. */
function placesOf({ subject, source, related }: Outcome): Source[] {
  return subject.kind === 'client' ? [source, ...related.map((place) => place.source)] : [source]
}

function reasonForAll(reasons: (string | null)[]): string | null {
  if (reasons.some((reason) => reason === null)) return null
  return reasons.includes('') ? '' : [...new Set(reasons)].join('; ')
}
