/** What cannot work in the expression of an alert, in the light of all rules that were read. */
import type { AlertRule, Flaw } from '../../facts/alert.js'
import type { Watch } from '../../system/alerts/detection.js'

interface FlawFields {
  hasMatchers: boolean
  hasOperations: boolean
  hasAlternatives: boolean
  emptyReason: string | null
  mismatches: string[]
  variables: string[]
  brokenJoins: string[]
  idleParts: string[]
  /** Both as above, which hold where the labels that they assume were not dropped. */
  perhapsBroken: string[]
  perhapsIdle: string[]
}

export function flawFields(
  { query }: Pick<AlertRule, 'query'>,
  { recorded }: Pick<Watch, 'recorded'>,
): FlawFields {
  /** What a rule records has the labels that its expression keeps, not those of a target. */
  const holds = ({ scraped }: Flaw): boolean => !scraped.some((metric) => recorded.has(metric))
  const sure = (flaws: Flaw[]): Flaw[] => flaws.filter((flaw) => holds(flaw) && flaw.assumed.length === 0)
  const perhaps = (flaws: Flaw[]): Flaw[] => flaws.filter((flaw) => holds(flaw) && flaw.assumed.length > 0)
  const operators = query.vectorOperations.map(({ operator }) => operator)
  return {
    hasMatchers: query.selectors.some(({ matchers }) => matchers.length > 0),
    hasOperations: operators.length > 0 || query.threshold !== null,
    hasAlternatives: operators.some((operator) => operator === 'or' || operator === 'unless'),
    emptyReason: query.emptyReason,
    mismatches: query.mismatches,
    variables: query.variables,
    brokenJoins: reasonsOf(sure(query.brokenJoins)),
    idleParts: reasonsOf(sure(query.idleParts)),
    perhapsBroken: reasonsOf(perhaps(query.brokenJoins)),
    perhapsIdle: reasonsOf(perhaps(query.idleParts)),
  }
}

function reasonsOf(flaws: Flaw[]): string[] {
  return [...new Set(flaws.map(({ reason }) => reason))]
}
