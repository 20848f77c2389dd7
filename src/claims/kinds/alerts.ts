/** Alert rules that a document writes: those that cannot fire as written, and criteria of severity that no alert looks at. */
import type { AlertRule } from '../../facts/alert.js'
import { Facts } from '../../facts/fact.js'
import { DEFAULT_CONFIGURATION } from '../../knowledge/configuration.js'
import { loadPolicies } from '../../knowledge/policies.js'
import { writtenAlertRules } from '../../knowledge/alerts/written-alerts.js'
import { loadCatalogue } from '../../rules/catalogue.js'
import { evaluate } from '../../rules/evaluate.js'
import type { Outcome } from '../../rules/outcome.js'
import { buildModel } from '../../system/model.js'
import type { Claim } from '../claim.js'
import { around } from '../document.js'
import { nameWords } from '../matching.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

/** Parts left out, templates, placeholders: `sum(rate(...))`, `{{ threshold }}`, `<metric>`. */
const SHORTENED = /\.\.\.|…|\{\{|<[A-Za-z][\w -]*>/

/** By the same rules of the catalogue as rule files. */
export function checkAlertRules({ alerts, lineOfAlert, document }: Survey): Claim[] {
  const { contradicted, unsupported, leastAlerts } = writtenAlertRules()
  const whole = alerts.filter(({ expression }) => !SHORTENED.test(expression))
  if (whole.length === 0) return []
  const ids = [...contradicted, ...(alerts.length < leastAlerts ? [] : unsupported)]
  return failing(whole, ids).map(({ rule, source, subject, message }) => {
    const line = lineOfAlert(source)
    const isContradicted = contradicted.includes(rule.id)
    return claim(
      'alert',
      { line, text: document.lines.find((one) => one.line === line)?.text ?? subject.label },
      {
        stated: subject.label,
        recomputed: isContradicted ? 'cannot fire as it is written' : null,
        verdict: isContradicted ? 'contradicted' : 'unsupported',
        arithmetic: message,
      },
    )
  })
}

function failing(alerts: AlertRule[], ids: string[]): Outcome[] {
  const policies = loadPolicies()
  const catalogue = loadCatalogue(policies.patterns)
  const model = buildModel(new Facts(alerts), {
    configuration: DEFAULT_CONFIGURATION,
    policies,
    chainPatterns: [],
    asOf: '1970-01-01T00:00:00Z',
  })
  const rules = catalogue.rules.filter(({ id }) => ids.includes(id))
  return evaluate({ ...catalogue, rules }, model).outcomes.filter(({ outcome }) => outcome === 'fail')
}

/** `SEV-2`, `P1`. */
const SEVERITY = /^(?:SEV|P|S)[\s-]?\d/i
const PERCENTILE = /(?<![\p{L}\p{N}])P\d{2}(?:\.\d+)?(?!\p{N})/iu

/** `SEV-2: P95 > 2 s` where no alert of the document looks at a percentile or at latency. */
export function checkSeverityCriteria(survey: Survey): Claim[] {
  const { alerts, document, reader } = survey
  const looked = alerts.some((alert) => looksAtLatency(alert, survey))
  if (alerts.length < writtenAlertRules().leastAlerts || looked) return []
  const criteria = document.lines.filter(
    ({ section, text }) =>
      text.length < 300 && around(section).some(({ title }) => SEVERITY.test(title.trim())),
  )
  return criteria.flatMap((line) =>
    line.text
      .split(/[,;]\s/)
      .filter((part) => PERCENTILE.test(part) && reader.in(part).some(isLeast))
      .map((part) =>
        claim('alert', line, {
          stated: part.trim(),
          recomputed: null,
          verdict: 'unsupported',
          arithmetic: `none of the ${alerts.length} alerts of the document monitors it: ${alerts.map(({ name }) => name).join(', ')}`,
        }),
      ),
  )
}

function isLeast({ bound, dimension }: { bound: string | null; dimension: string }): boolean {
  return bound === 'above' && dimension === 'time'
}

function looksAtLatency({ name, annotations, expression, query }: AlertRule, { words }: Survey): boolean {
  const said = [nameWords(name).join(' '), expression.replace(/[_:]/g, ' '), ...Object.values(annotations)]
  return (
    query.functions.includes('histogram_quantile') ||
    said.some((text) => PERCENTILE.test(text) || words.metricOf(text) === 'latency')
  )
}
