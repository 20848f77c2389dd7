/** Results to render: a shop with six components and findings of all severities, nothing at all, and hostile names. */
import { readFileSync } from 'node:fs'
import { resultSchema, type Result } from '../../src/report/result.js'

export const sampleResult: Result = resultSchema.parse(
  JSON.parse(readFileSync(new URL('fixtures/shop.json', import.meta.url), 'utf8')),
)

/** A system in which nothing was found: every list empty, nothing decided. */
export const emptyResult: Result = {
  ...sampleResult,
  subject: { name: 'empty', revision: null, tier: null },
  verdict: 'INCOMPLETE',
  verdictReasons: ['No check could be answered: no evidence was found under the paths given.'],
  blockers: [],
  inputs: [],
  problems: [],
  checks: [],
  questions: [],
  rules: [],
  chains: [],
  experiments: [],
  runs: [],
  recovery: [],
  recommendations: [],
  coverage: {
    files: { found: 0, parsed: 0, partial: 0, skipped: 0, failed: 0 },
    checks: { pass: 0, fail: 0, unknown: 0, notApplicable: 0, error: 0 },
    ratio: 0,
    evidence: [],
    leftOut: [],
    rendered: [],
  },
  system: { components: [], dependencies: [], singlePoints: [] },
  score: {
    value: null,
    low: 0,
    high: 100,
    coverage: 0,
    dimensions: [],
    maturity: { level: 1, dimensions: [], bounds: [], barredBy: [] },
  },
  baseline: null,
}

export const hostileName =
  '<script>alert(1)</script> | `{{constructor}}` "quoted" & \u202Egnp.exe [link](javascript:alert(1)) ![x](http://evil.example/x.png) *b* _i_ #1 @all ' +
  'x'.repeat(300)

/** The sample with the failures of one rule in code that nothing is seen to run, for the reason given. */
export function dormantResult(rule: string, reason: string): Result {
  const checks = sampleResult.checks.map((check) =>
    check.rule === rule ? { ...check, severity: 'low' as const, reason } : check,
  )
  return { ...sampleResult, checks }
}

/** The sample with every name that a stranger could choose replaced by one that breaks careless renderers. */
export function hostileResult(): Result {
  const renamed = structuredClone(sampleResult)
  renamed.subject.name = hostileName
  for (const check of renamed.checks) {
    check.subject = check.message = check.title = hostileName
    check.source.path = `src/${hostileName}.ts`
    if (check.excerpt) check.excerpt.lines = [hostileName, '```', '</pre><script>alert(1)</script>']
  }
  for (const question of renamed.questions) {
    question.question = `${hostileName}?`
    for (const place of question.places) {
      place.component = place.subject = place.reason = hostileName
      place.source.path = `src/${hostileName}.ts`
    }
    for (const rule of question.decides) rule.failure = hostileName
  }
  for (const component of renamed.system.components) component.name = `${component.id} ${hostileName}`
  for (const chain of renamed.chains) {
    chain.title = hostileName
    for (const link of chain.links) link.mechanism = hostileName
  }
  for (const experiment of renamed.experiments) experiment.title = hostileName
  if (renamed.experiments[0]) renamed.experiments[0].id = hostileName
  for (const run of renamed.runs) run.reasons = [hostileName]
  renamed.problems.push({ path: hostileName, line: 1, column: 1, message: hostileName })
  return renamed
}
