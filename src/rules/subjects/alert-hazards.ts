/** What makes an alert fire or stay silent by chance. */
import type { AlertRule, Selector } from '../../facts/alert.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import { listedNames } from '../../system/alerts/alerts.js'

export function hazardFields({ query, forSeconds }: AlertRule, policy: DetectionPolicy): object {
  return {
    samplings: [...new Set(query.samplings)],
    sums: query.functions.filter((name) => /^(sum|avg|stddev|stdvar)(_over_time)?$/.test(name)).length,
    poisons: query.poisons.filter(({ severalTargets }) => severalTargets).map(({ divisor }) => divisor),
    perhapsPoisons: query.poisons
      .filter(({ severalTargets }) => !severalTargets)
      .map(({ divisor }) => divisor),
    jointAbsences: query.jointAbsences,
    comparesAggregates: query.vectorOperations.some(isOfAggregates),
    skewed: forSeconds > 0 || query.windows.length > 0 ? [] : skewedIn(query, policy),
  }
}

type Operation = AlertRule['query']['vectorOperations'][number]

function isOfAggregates({ operator, leftAggregates, rightAggregates }: Operation): boolean {
  return leftAggregates && rightAggregates && !['and', 'or', 'unless'].includes(operator)
}

/** Operations whose sides come from different targets, by the labels that both name, and so from different scrapes. */
function skewedIn({ vectorOperations }: AlertRule['query'], { componentLabels }: DetectionPolicy): string[] {
  return vectorOperations.filter(isOfAggregates).flatMap(({ operator, left, right }) =>
    componentLabels.flatMap((label) => {
      const [here, there] = [namesOf(label, left), namesOf(label, right)]
      const isApart = here.length > 0 && there.length > 0 && !here.some((name) => there.includes(name))
      return isApart ? [`${here.join(', ')} ${operator} ${there.join(', ')}`] : []
    }),
  )
}

function namesOf(label: string, selectors: Selector[]): string[] {
  const matchers = selectors.flatMap((selector) => selector.matchers.filter((one) => one.label === label))
  return [...new Set(matchers.flatMap((matcher) => listedNames(matcher) ?? []))].sort()
}
