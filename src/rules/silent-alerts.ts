/** Alerts that tell nothing, by what the catalogue says of them: asked before the chains are, which build on alerts. */
import type { AlertRule } from '../facts/alert.js'
import type { Joined } from '../system/model.js'
import type { Catalogue } from './catalogue.js'
import { judge, judgeable } from './evaluate.js'
import { alertSubjects } from './subjects/alerts.js'

/** Alerts that fail a rule of which a failure silences them. */
export function silentAlerts({ rules }: Catalogue, joined: Joined): ReadonlySet<AlertRule> {
  const silencing = rules.filter(({ silences, subject }) => silences && subject === 'alert')
  const subjects = alertSubjects(joined).map(judgeable)
  return new Set(
    joined.facts
      .of('alert')
      .filter((_, index) => silencing.some((rule) => judge(rule, subjects[index]!).outcome === 'fail')),
  )
}
