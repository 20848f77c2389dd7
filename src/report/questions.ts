/** Questions for the review: what a person who knows the system has to say, for what could not be told from the evidence. */
import { SEVERITIES } from '../knowledge/severities.js'
import { groupedBy } from '../facts/grouped.js'
import { compareSources, compareText } from '../facts/source.js'
import type { Judged } from '../score/finding.js'
import type { Model } from '../system/model.js'
import { chainsOpenOn } from './finding-chains.js'
import { evidence } from './places.js'
import type { Question } from './result-questions.js'

/** Unknown outcomes by what to ask: equal questions are one, with all their places. What blocks most comes first. */
export function questionsOf(judged: Judged[], model: Model): Question[] {
  const asked = judged.filter(({ outcome, question }) => outcome === 'unknown' && question !== null)
  const byText = groupedBy(asked, ({ question }) => question!)
  return [...byText].map(([question, open]) => questionOf(question, open, model)).sort(mostBlockingFirst)
}

function questionOf(question: string, open: Judged[], model: Model): Question {
  const decides = decidedBy(open)
  const { severity } = decides[0]!
  const openOn = new Set(open.flatMap((finding) => chainsOpenOn(finding, model)))
  return {
    question,
    severity,
    blocks: model.policies.score.verdict.blocking.includes(severity),
    decides,
    everywhere: open.every(isAboutEvidence),
    chains: model.chains.flatMap(({ id }) => (openOn.has(id) ? [id] : [])),
    places: placesOf(open),
  }
}

function isAboutEvidence({ rule, question }: Judged): boolean {
  return rule.needs.some((need) => need.about === 'evidence' && need.question === question)
}

/** Rules that wait for the answer, the most severe first. */
function decidedBy(open: Judged[]): Question['decides'] {
  const rules = new Map<string, Question['decides'][number]>()
  for (const { rule, severity } of [...open].sort(bySeverity)) {
    const { id, failure } = rule
    const row = rules.get(id) ?? { rule: id, severity, failure, checks: 0 }
    rules.set(id, { ...row, checks: row.checks + 1 })
  }
  return [...rules.values()].sort(
    (a, b) => bySeverity(a, b) || b.checks - a.checks || compareText(a.rule, b.rule),
  )
}

/** One thing at one line for one reason is one place, however many rules ask about it; the most severe first. */
function placesOf(open: Judged[]): Question['places'] {
  const places = groupedBy(open, ({ subject, source, reason }) =>
    JSON.stringify([subject.component, subject.label, reason, source.path, source.line]),
  )
  return [...places.values()]
    .map((findings) => placeOf(findings))
    .sort(
      (a, b) => bySeverity(a, b) || compareSources(a.source, b.source) || compareText(a.subject, b.subject),
    )
}

function placeOf(findings: Judged[]): Question['places'][number] {
  const [{ subject, source, reason }] = findings as [Judged]
  return {
    component: subject.component,
    subject: subject.label,
    reason: reason ?? '',
    source: evidence(source),
    severity: decidedBy(findings)[0]!.severity,
    rules: [...new Set(findings.map(({ rule }) => rule.id))].sort(compareText),
    fingerprints: findings.map(({ fingerprint }) => fingerprint).sort(compareText),
  }
}

type Severe = Pick<Question, 'severity'>

function bySeverity(a: Severe, b: Severe): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
}

function mostBlockingFirst(a: Question, b: Question): number {
  return (
    bySeverity(a, b) ||
    b.chains.length - a.chains.length ||
    worstChecks(b) - worstChecks(a) ||
    checksOf(b) - checksOf(a) ||
    compareText(a.question, b.question)
  )
}

/** Checks of the question's own severity. */
function worstChecks({ severity, decides }: Question): number {
  return checksOf({ decides: decides.filter((rule) => rule.severity === severity) })
}

function checksOf({ decides }: Pick<Question, 'decides'>): number {
  return decides.reduce((sum, { checks }) => sum + checks, 0)
}
