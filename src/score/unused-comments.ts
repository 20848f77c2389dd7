/** Ignore comments in code that no finding meets: they are listed, so that they do not silently wait for the next one. */
import type { Facts } from '../facts/fact.js'
import { didYouMean } from '../knowledge/nearest.js'
import type { Judged } from './finding.js'

export interface UnusedComment {
  path: string
  line: number
  column: number
  message: string
}

/** `rules`: the ids of all rules, also of those switched off. */
export function unusedComments(facts: Facts, failed: Judged[], rules: string[]): UnusedComment[] {
  const met = new Set(failed.flatMap(placesOf))
  return facts
    .of('suppression')
    .filter(({ rule, source, appliesToLine }) => !met.has(`${rule} ${source.path}:${appliesToLine}`))
    .map(({ rule, source: { path, line, column }, appliesToLine }) => ({
      path,
      line,
      column,
      message: rules.includes(rule)
        ? `the comment ignores ${rule}, and no check of it fails at line ${appliesToLine}; remove the comment`
        : `the comment ignores ${rule}, which is not a known rule${didYouMean(rule, rules) || '; `resilience-report rules list` shows all'}`,
    }))
}

function placesOf({ rule, subject, source, related }: Judged): string[] {
  const places = [subject.source, source, ...related.map((place) => place.source)]
  return places.map(({ path, line }) => `${rule.id} ${path}:${line}`)
}
