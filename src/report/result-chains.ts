/** Failure chains in the result: can it happen, would we notice, did we try it. */
import * as z from 'zod'
import { nullableNumber, nullableText, source } from './result-parts.js'

const alertPlace = z.object({ alert: z.string(), path: z.string(), line: z.int() }).nullable().default(null)

/** Alerts that speak of a chain and cannot fire, with the finding that says why; null where the rule that would say so is off. */
const silentAlert = z.object({
  alert: z.string(),
  path: z.string(),
  line: z.int(),
  finding: z.string().nullable(),
})

export const chain = z.object({
  id: z.string(),
  pattern: z.string(),
  title: z.string(),
  trigger: z.object({ component: z.string(), fault: z.string() }),
  links: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      mechanism: z.string(),
      evidence: z.array(source),
      assumption: nullableText,
      /** Calls that are shown not to hand the failure on. */
      limits: nullableText.default(null),
    }),
  ),
  loop: z.boolean(),
  /** Its calls fail in a way that is retried, so that its amplification counts. */
  retried: z.boolean(),
  sustainedBy: nullableText,
  amplification: z.object({ worst: nullableNumber, expected: nullableNumber, reason: z.string() }),
  /** The slack when it is one number; else its bounds over the calls that may meet, and why. */
  budget: z.object({
    slackSeconds: nullableNumber,
    atLeastSeconds: nullableNumber.default(null),
    atMostSeconds: nullableNumber.default(null),
    reason: nullableText.default(null),
  }),
  missing: z.array(z.string()),
  detection: z.object({
    alerts: z.array(z.string()),
    /** Who is told, as `night-shift (PagerDuty, Slack)`; empty also where no routing was read. */
    receivers: z.array(z.string()).default([]),
    best: nullableNumber,
    /** The alert that may fire first. */
    bestBy: alertPlace,
    worst: nullableNumber,
    /** The alert that may fire last. */
    worstBy: alertPlace,
    sharesFate: z.boolean().nullable(),
    reason: nullableText,
    silent: z.array(silentAlert).default([]),
  }),
  /** Unknown without alert rules, and for a fault whose symptoms are not known. */
  noticed: z.enum(['yes', 'no', 'unknown']),
  impact: z.object({
    direct: z.array(z.string()),
    secondary: z.array(z.string()),
    tertiary: z.array(z.string()),
    /** Those that call the trigger and go on without it, and where their code catches its failure. */
    without: z.array(z.object({ component: z.string(), places: z.array(source) })).default([]),
  }),
  priority: z.enum(['high', 'medium', 'low']),
  priorityBasis: z.string(),
  state: z.enum(['UNTESTED', 'PLANNED', 'PARTIAL', 'FAILED', 'STALE', 'TESTED']),
  /** Why it is not known whether a planned one was tried: what plans it may have run without a record among the inputs. */
  untold: nullableText.default(null),
  linksCovered: z.int(),
  runs: z.array(
    z.object({ run: z.string(), counts: z.boolean(), why: z.string(), note: nullableText.default(null) }),
  ),
  /** Ids of the experiments that plan it. */
  plans: z.array(z.string()).default([]),
  /** On the component of the trigger, with another fault or on a part of it. */
  related: z
    .array(
      z.object({
        fault: nullableText,
        /** What the records of its runs say of the fault; `not-stated` for definitions, and where it was active. */
        shown: z.enum(['not-injected', 'not-shown', 'not-stated']).default('not-stated'),
        part: nullableText,
        experiments: z.array(z.string()),
        runs: z.array(z.string()),
      }),
    )
    .default([]),
  /** Of the runs that count. */
  failures: z
    .object({ counting: z.int(), failed: z.int(), late: z.int() })
    .default({ counting: 0, failed: 0, late: 0 }),
  /** The experiment that would test it. */
  experiment: z.string(),
})
