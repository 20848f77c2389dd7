/** Many findings in few words and in the order of their numbers: `F76, F120, F129–F138`, each end a link. */
import type { FindingReference } from './findings.js'
import { idSpans, numberOf } from './names.js'

export function findingSpans(references: readonly FindingReference[]) {
  return idSpans(references.map(({ id }) => id).sort(byNumber)).map(({ first, last, length }) => ({
    first,
    firstAnchor: first.toLowerCase(),
    joint: length > 2 ? '–' : ', ',
    last: length > 1 ? last : null,
    lastAnchor: last.toLowerCase(),
  }))
}

function byNumber(a: string, b: string): number {
  return numberOf(a) - numberOf(b)
}
