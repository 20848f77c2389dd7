/** The one result that every document renders: `report.json`, schemaVersion 1. Durations are seconds, times RFC 3339 UTC. */
import * as z from 'zod'
import { alertTime, experiment, loadTest, recovery, run } from './result-experiments.js'
import { dependency } from './result-dependencies.js'
import { programme } from './result-programme.js'
import { chain } from './result-chains.js'
import { evidence, nullableNumber, nullableText, renderedSystem, severity, source } from './result-parts.js'
import { question } from './result-questions.js'
import { waiver } from './result-waiver.js'

const check = z.object({
  rule: z.string(),
  pattern: z.string(),
  title: z.string(),
  category: z.string(),
  severity,
  outcome: z.enum(['pass', 'fail', 'unknown', 'error']),
  reason: nullableText,
  component: nullableText,
  /** The thing judged, as people name it: `Deployment api, container web`. */
  subject: z.string(),
  source: evidence,
  related: z.array(z.object({ path: z.string(), line: z.int(), message: z.string() })),
  message: z.string(),
  remediation: z.string(),
  fingerprint: z.string(),
  chains: z.array(z.string()),
  status: z.enum(['new', 'unchanged', 'changed']).nullable(),
  waiver: waiver.nullable(),
  /** Lines around the place, for findings with a readable source: the first line's number and the text. */
  excerpt: z.object({ firstLine: z.int(), lines: z.array(z.string()) }).nullable(),
})

const component = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  tier: nullableText,
  sources: z.array(source),
  /** Why the pieces of evidence were joined into this component. */
  joins: z.array(z.string()),
})

const scoreDimension = z.object({
  id: z.string(),
  title: z.string(),
  weight: z.number(),
  value: nullableNumber,
  low: z.number(),
  high: z.number(),
  points: z.array(z.object({ points: z.number(), why: z.string(), fingerprint: nullableText })),
})

export const resultSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.enum(['analysis', 'fleet', 'timeline', 'comparison']),
  tool: z.object({ name: z.string(), version: z.string(), catalogueDigest: z.string() }),
  subject: z.object({ name: z.string(), revision: nullableText, tier: nullableText }),
  asOf: z.string(),
  verdict: z.enum(['GO', 'CONDITIONS', 'NO-GO', 'INCOMPLETE']),
  /** One sentence for each thing that decided the verdict. */
  verdictReasons: z.array(z.string()),
  blockers: z.array(z.string()),
  inputs: z.array(
    z.object({
      path: z.string(),
      format: z.string(),
      status: z.enum(['parsed', 'partial', 'skipped', 'failed']),
      reason: nullableText,
      sha256: nullableText,
    }),
  ),
  coverage: z.object({
    files: z.object({ found: z.int(), parsed: z.int(), partial: z.int(), skipped: z.int(), failed: z.int() }),
    checks: z.object({
      pass: z.int(),
      fail: z.int(),
      unknown: z.int(),
      notApplicable: z.int(),
      error: z.int(),
    }),
    ratio: z.number().min(0).max(1),
    /** What each kind of evidence contributed; `present` false says what no statement can be made about. */
    evidence: z.array(
      z.object({
        kind: z.string(),
        present: z.boolean(),
        detail: z.string(),
        /** The places behind its figures that no check and no dependency leads to. */
        lists: z
          .array(
            z.object({ what: z.string(), places: z.array(z.object({ path: z.string(), line: z.int() })) }),
          )
          .default([]),
      }),
    ),
    /** Kinds of files left out, with counts: gitignored, vendored, generated, tests. */
    leftOut: z.array(z.object({ what: z.string(), count: z.int() })),
    /** Charts and overlays: what each became, by which tool, with which commands. */
    rendered: z.array(renderedSystem).default([]),
  }),
  problems: z.array(
    z.object({ path: z.string(), line: z.int().nullable(), column: z.int().nullable(), message: z.string() }),
  ),
  checks: z.array(check),
  /** What people have to answer, each question once with all its places; what blocks most comes first. */
  questions: z.array(question).default([]),
  /** Rules that were asked, with their outcome counts: what passed and what was not applicable. */
  rules: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      pattern: z.string(),
      category: z.string(),
      severity,
      prevents: z.string(),
      pass: z.int(),
      fail: z.int(),
      unknown: z.int(),
      notApplicable: z.int(),
      error: z.int(),
    }),
  ),
  system: z.object({
    components: z.array(component),
    dependencies: z.array(dependency),
    singlePoints: z.array(
      z.object({ component: z.string(), dominates: z.array(z.string()), reason: z.string() }),
    ),
  }),
  chains: z.array(chain),
  experiments: z.array(experiment),
  runs: z.array(run),
  alertTimes: z.array(alertTime).default([]),
  loadTests: z.array(loadTest).default([]),
  programme,
  recovery: z.array(recovery),
  score: z.object({
    value: nullableNumber,
    low: z.number(),
    high: z.number(),
    coverage: z.number(),
    dimensions: z.array(scoreDimension),
    maturity: z.object({
      level: z.int().min(1).max(5),
      dimensions: z.array(z.object({ id: z.string(), level: z.int(), evidence: z.string() })),
      /** What each level asks for: least shares for levels 2 to 5, and the severities of failing checks that bar each. */
      bounds: z
        .array(z.object({ id: z.string(), share: z.string().nullable(), levels: z.array(z.number()) }))
        .default([]),
      barredBy: z.array(z.array(severity)).default([]),
    }),
  }),
  baseline: z
    .object({
      path: z.string(),
      asOf: z.string(),
      revision: nullableText,
      catalogueDigest: z.string(),
      comparable: z.boolean(),
      reason: nullableText,
    })
    .nullable(),
  recommendations: z.array(
    z.object({
      gate: z.enum(['before-launch', 'before-production-traffic', 'continuous']),
      text: z.string(),
      fingerprints: z.array(z.string()),
    }),
  ),
})

export type Result = z.infer<typeof resultSchema>
export type Check = Result['checks'][number]
export type Chain = Result['chains'][number]
export type Severity = z.infer<typeof severity>
