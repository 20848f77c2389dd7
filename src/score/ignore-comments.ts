/** Ignore comments in code, as a question that a finding can be asked. */
import type { Facts } from '../facts/fact.js'
import { formatSource } from '../facts/source.js'
import type { Outcome } from '../rules/evaluate.js'

/** The reason why a finding is ignored at its place; null when it is not, '' when the comment gives none. */
export function ignoreComments(facts: Facts): (outcome: Outcome) => string | null {
  const reasons = new Map(facts.of('suppression').map(({ source, rule, reason, appliesToLine }) => [key(rule, source.path, appliesToLine), reason ?? '']))
  return ({ rule, source }) => reasons.get(key(rule.id, source.path, source.line)) ?? null
}

function key(rule: string, path: string, line: number): string {
  return formatSource({ path: `${rule} ${path}`, line, column: 1, endLine: line })
}
