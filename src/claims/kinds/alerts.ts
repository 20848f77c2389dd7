/** Alert rules that a document writes: those that cannot fire as written, and criteria of severity that no alert looks at. */
import { Facts } from '../../facts/fact.js'
import { DEFAULT_CONFIGURATION } from '../../knowledge/configuration.js'
import { loadPolicies } from '../../knowledge/policies.js'
import { loadCatalogue } from '../../rules/catalogue.js'
import { evaluate } from '../../rules/evaluate.js'
import { buildModel } from '../../system/model.js'
import type { Claim } from '../claim.js'
import { around } from '../document.js'
import { nameWords } from '../matching.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

/** By the same rules of the catalogue as rule files. */
export function checkAlertRules({ alerts, document, words }: Survey): Claim[] {
  if (alerts.length === 0) return []
  const policies = loadPolicies()
  const verdicts = new Map(
    (['contradicted', 'unsupported'] as const).flatMap((verdict) =>
      words.alertRules[verdict].map((id) => [id, verdict] as const),
    ),
  )
  const catalogue = loadCatalogue(policies.patterns)
  const rules = catalogue.rules.filter(({ id }) => verdicts.has(id))
  const model = buildModel(new Facts(alerts), {
    configuration: DEFAULT_CONFIGURATION,
    policies,
    chainPatterns: [],
    asOf: '1970-01-01T00:00:00Z',
  })
  return evaluate({ ...catalogue, rules }, model)
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ rule, source, subject, message }) =>
      claim(
        'alert',
        {
          line: source.line,
          text: document.lines.find(({ line }) => line === source.line)?.text ?? subject.label,
        },
        {
          stated: subject.label,
          recomputed: verdicts.get(rule.id) === 'contradicted' ? 'does not work as it is written' : null,
          verdict: verdicts.get(rule.id)!,
          arithmetic: message,
        },
      ),
    )
}

/** Fewer are an example. */
const LEAST_ALERTS = 2
const PERCENTILE = /(?<![\p{L}\p{N}])P\d{2}(?:\.\d+)?(?!\p{N})/iu

/** `SEV-2: P95 > 2 s` where no alert of the document looks at a percentile or at latency. */
export function checkSeverityCriteria({ alerts, document, reader, words }: Survey): Claim[] {
  if (alerts.length < LEAST_ALERTS) return []
  const looksAtLatency = alerts.some(
    ({ name, annotations, query }) =>
      query.functions.includes('histogram_quantile') ||
      [nameWords(name).join(' '), ...Object.values(annotations)].some(
        (text) => PERCENTILE.test(text) || words.metricOf(text) === 'latency',
      ),
  )
  return document.lines.flatMap((line) => {
    const severity = around(line.section).find(({ title }) => words.find('severity', title)?.index === 0)
    const parts = severity && line.text.length < 300 ? line.text.split(/[,;]\s/) : []
    return parts.flatMap((part) => {
      const isCriterion = reader
        .in(part)
        .some(({ bound, dimension }) => bound === 'above' && dimension === 'time')
      if (!isCriterion || !PERCENTILE.test(part) || looksAtLatency) return []
      return [
        claim('alert', line, {
          stated: part.trim(),
          recomputed: null,
          verdict: 'unsupported',
          arithmetic: `none of the ${alerts.length} alerts of the document looks at it: ${alerts.map(({ name }) => name).join(', ')}`,
        }),
      ]
    })
  })
}
