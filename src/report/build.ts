/** The stages' answers as the one result. Nothing is computed here that a stage could have computed. */
import type { AlertRule } from '../facts/alert.js'
import { compareSources, compareText } from '../facts/source.js'
import type { ScorePolicy } from '../knowledge/policies.js'
import type { Judged } from '../score/finding.js'
import type { Component, Dependency, Guards } from '../system/component.js'
import { partlyIn } from '../system/sites.js'
import type { Answers } from './answers.js'
import { evidenceCoverage } from './coverage.js'
import { excerptOf, hasExcerpt } from './excerpt.js'
import { chainsOf } from './finding-chains.js'
import { evidence, place } from './places.js'
import { questionsOf } from './questions.js'
import { experimentOf, programmeOf, runsOf } from './programme.js'
import { recommend } from './recommend.js'
import type { Check, Result } from './result.js'
import { stableNumbers } from './stable-numbers.js'

export function buildResult(answers: Answers): Result {
  const { tool, subject, asOf, model, suppressions, recovery, score, verdict } = answers
  const { judged } = suppressions
  const redact = model.configuration.redact.map((pattern) => new RegExp(pattern, 'g'))
  const checks = judged
    .filter(({ outcome }) => outcome !== 'not-applicable')
    .map((finding) => checkOf(finding, answers, redact))
  return {
    schemaVersion: 1,
    kind: 'analysis',
    tool,
    subject,
    asOf,
    verdict: verdict.verdict,
    verdictReasons: verdict.reasons,
    blockers: verdict.blockers,
    inputs: answers.inputs,
    coverage: evidenceCoverage(answers),
    problems: [...answers.problems, ...model.problems, ...answers.misfits],
    checks,
    questions: questionsOf(judged, model),
    rules: ruleCounts(judged, answers.notApplicable),
    system: {
      components: model.system.components.map(componentOf),
      dependencies: model.system.dependencies.map(dependencyOf),
      singlePoints: model.singlePoints,
    },
    chains: model.chains.map(({ detection, ...chain }) => ({
      ...chain,
      detection: {
        alerts: detection.alerts,
        receivers: detection.receivers,
        best: detection.best,
        worst: detection.worst,
        sharesFate: detection.sharesFate,
        reason: detection.reason,
        bestBy: alertPlace(detection.bestBy),
        worstBy: alertPlace(detection.worstBy),
        silent: detection.silent.map((alert) => silentAlert(alert, judged)),
      },
      impact: {
        ...chain.impact,
        without: chain.impact.without.map(({ component, places }) => ({
          component,
          places: places.map(place),
        })),
      },
      links: chain.links.map((link) => ({ ...link, evidence: link.evidence.map(place) })),
    })),
    experiments: model.programme.map(experimentOf),
    runs: runsOf(model.runs, judged),
    alertTimes: model.alertTimes,
    loadTests: model.loads.map(({ result, run, reason }) => ({
      format: result.format,
      source: evidence(result.source),
      run,
      reason,
      durationSeconds: result.durationSeconds,
      requests: result.requests,
      failedRequests: result.failedRequests,
      thresholds: result.thresholds,
      thresholdsUnknown: result.thresholdsUnknown ?? null,
    })),
    programme: programmeOf(model),
    recovery: stableNumbers(recovery),
    score: { ...score, maturity: { ...score.maturity, ...maturityBounds(model.policies.score) } },
    baseline: null,
    recommendations: recommend(suppressions.failed, model.policies.score),
  }
}

/** Of the share that passed, `share` null, and of the further shares that a level asks for. */
function maturityBounds({ maturity, barredBy }: ScorePolicy): Pick<Maturity, 'bounds' | 'barredBy'> {
  return {
    bounds: maturity.flatMap(({ id, levels, shown }) => [
      { id, share: null, levels },
      ...shown.map(({ text, levels: least }) => ({ id, share: text, levels: least })),
    ]),
    barredBy: [barredBy[2], barredBy[3], barredBy[4], barredBy[5]],
  }
}

type Maturity = Result['score']['maturity']

function checkOf(finding: Judged, { model, linesOf }: Answers, redact: RegExp[]): Check {
  const { rule, subject, source } = finding
  const lines = finding.outcome === 'fail' && hasExcerpt(source) ? linesOf(source.path) : null
  return {
    rule: rule.id,
    pattern: rule.pattern,
    title: finding.outcome === 'fail' ? rule.failure : rule.title,
    category: rule.category,
    severity: finding.severity,
    outcome: finding.outcome === 'not-applicable' ? 'pass' : finding.outcome,
    reason: finding.reason,
    component: subject.component,
    subject: subject.label,
    source: evidence(source),
    related: finding.related.map((related) => ({
      path: related.source.path,
      line: related.source.line,
      message: related.message,
    })),
    message: finding.message,
    remediation: rule.remediation,
    fingerprint: finding.fingerprint,
    chains: finding.outcome === 'fail' ? chainsOf(finding, model) : [],
    status: null,
    waiver: finding.acceptance,
    excerpt: lines ? excerptOf(source, lines, redact) : null,
  }
}

function alertPlace(rule: AlertRule | null): { alert: string; path: string; line: number } | null {
  return rule && { alert: rule.name, path: rule.source.path, line: rule.source.line }
}

function silentAlert({ name, source }: AlertRule, judged: Judged[]) {
  const finding = judged.find(
    ({ rule, outcome, subject }) =>
      rule.silences && outcome === 'fail' && compareSources(subject.source, source) === 0,
  )
  return { alert: name, path: source.path, line: source.line, finding: finding?.fingerprint ?? null }
}

function ruleCounts(judged: Judged[], notApplicable: Answers['notApplicable']): Result['rules'] {
  const rules = new Map<string, Result['rules'][number]>()
  const rowOf = (rule: Judged['rule']): Result['rules'][number] => {
    const { id, title, pattern, category, severity, prevents } = rule
    const known = rules.get(id)
    if (known) return known
    const counts = { pass: 0, fail: 0, unknown: 0, notApplicable: 0, error: 0 }
    const row = { id, title, pattern, category, severity, prevents, ...counts }
    rules.set(id, row)
    return row
  }
  for (const { rule, outcome } of judged)
    rowOf(rule)[outcome === 'not-applicable' ? 'notApplicable' : outcome]++
  for (const [rule, count] of notApplicable) rowOf(rule).notApplicable += count
  return [...rules.values()].sort((a, b) => compareText(a.id, b.id))
}

function componentOf(component: Component): Result['system']['components'][number] {
  const { id, kind, name, aliases, tier, sources, joins } = component
  return { id, kind, name, aliases: [...aliases].sort(compareText), tier, sources: sources.map(place), joins }
}

function dependencyOf(dependency: Dependency): Result['system']['dependencies'][number] {
  const { id, from, to, protocol, criticality, sources, reason, guards } = dependency
  return {
    id,
    from,
    to,
    protocol,
    criticality,
    sources: sources.map(place),
    reason,
    guards: guardsOf(guards),
    partly: Object.fromEntries(
      [...partlyIn(dependency)].map(([pattern, { has, lacks }]) => [
        pattern,
        { has: has.map(({ source }) => place(source)), lacks: lacks.map(({ source }) => place(source)) },
      ]),
    ),
    calls: dependency.sites.flatMap(({ call, source, path }) =>
      call === null
        ? []
        : {
            place: place(source),
            failure: path?.failure.is ?? 'unknown',
            reason: path?.failure.why ?? 'it was not followed',
            at: (path?.failure.places ?? []).map(place),
          },
    ),
  }
}

function guardsOf(guards: Guards): Result['system']['dependencies'][number]['guards'] {
  return Object.fromEntries(
    Object.entries(guards).map(([pattern, guard]) => [
      pattern,
      { ...guard, source: guard.source && place(guard.source) },
    ]),
  )
}
