/** Waivers that accept nothing, or no longer: they are listed, so that nobody relies on them. */
import type { Waiver } from '../knowledge/configuration.js'
import type { Misfit } from '../knowledge/misfit.js'
import { didYouMean } from '../knowledge/nearest.js'
import type { Suppressions } from './finding.js'

/** `rules`: the ids of all rules, also of those switched off. */
export function waiverProblems(
  { unused, expired }: Suppressions,
  waivers: Waiver[],
  rules: string[],
): Misfit[] {
  const at = (waiver: Waiver): PropertyKey[] => ['waivers', waivers.indexOf(waiver)]
  return [
    ...unused.map((waiver) =>
      rules.includes(waiver.rule)
        ? { at: [...at(waiver), 'where'], message: unusedMessage(waiver) }
        : { at: [...at(waiver), 'rule'], message: unknownRule(waiver, rules) },
    ),
    ...expired.map(({ waiver, outcome }) => ({
      at: [...at(waiver), 'expires'],
      message: `the waiver of ${waiver.rule} for ${outcome.subject.label} expired on ${waiver.expires}; the finding counts again`,
    })),
  ]
}

function unusedMessage({ rule, where, owner }: Waiver): string {
  return `the waiver of ${rule} for ${where} (${owner}) matches no failing check; remove it or correct \`where\``
}

function unknownRule({ rule, where, owner }: Waiver, rules: string[]): string {
  const near = didYouMean(rule, rules) || '; `resilience-report rules list` shows all'
  return `the waiver of ${rule} for ${where} (${owner}) names no known rule${near}`
}
