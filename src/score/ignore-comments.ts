/** Ignore comments in code, as a question that a finding can be asked. */
import type { Facts } from '../facts/fact.js'
import { compareSources, type Source } from '../facts/source.js'
import type { Outcome } from '../rules/outcome.js'

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

/**
 * A finding about a client is about each of its unguarded calls: a comment above one says nothing of the others. Where the
 * client is made is no call.
 */
function placesOf({ subject, source, related }: Outcome): Source[] {
  if (subject.kind !== 'client') return [source]
  const calls = related.filter((place) => compareSources(place.source, subject.source) !== 0)
  return [source, ...calls.map((place) => place.source)]
}

function reasonForAll(reasons: (string | null)[]): string | null {
  if (reasons.some((reason) => reason === null)) return null
  return reasons.includes('') ? '' : [...new Set(reasons)].join('; ')
}
