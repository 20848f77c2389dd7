/** What the result says of experiments: definitions, runs, recovery. */
import * as z from 'zod'
import { evidence, interval, nullableNumber, nullableText } from './result-parts.js'

/** `between`: where single runs are known as intervals only, the value lies there; `high` null: or later. */
const percentile = interval.extend({
  reason: nullableText,
  between: z.object({ low: z.number(), high: nullableNumber }).optional(),
})

export const experiment = z.object({
  id: z.string(),
  title: z.string(),
  source: evidence,
  target: nullableText,
  /** Why it is another name than the one written, or why it is not known whom that one means. */
  targetReason: nullableText.default(null),
  fault: nullableText,
  environment: nullableText,
  owner: nullableText,
  cadence: nullableText,
  requirements: z.array(z.string()),
  parts: z.object({
    hypothesis: z.boolean(),
    baseline: z.boolean(),
    blastRadius: z.boolean(),
    injection: z.boolean(),
    observation: z.boolean(),
    abort: z.boolean(),
    rollback: z.boolean(),
  }),
  runs: z.int(),
  lastRun: nullableText,
  /** The last that was not invalid: from then on it is due. */
  lastCounted: nullableText,
  due: nullableText,
  state: z.enum(['never-run', 'unknown', 'current', 'overdue', 'stale']),
  /** Why it is not known whether it ran. */
  stateReason: nullableText.default(null),
  status: z.enum(['planned', 'implemented']).nullable().default(null),
  effortHours: z.tuple([z.number(), z.number()]).nullable().default(null),
  /** Each rhythm in which it is to be repeated, against the runs that keep it. */
  schedules: z
    .array(
      z.object({
        every: z.string(),
        environment: nullableText,
        owner: nullableText,
        zone: z.string(),
        runs: z.int(),
        lastRun: nullableText,
        /** The last that was not invalid: from then on it is due. */
        lastCounted: nullableText,
        due: nullableText,
        state: z.enum(['never-run', 'unknown', 'current', 'due', 'overdue', 'stale']),
        countedFrom: nullableText,
        countedBy: z.enum(['definition', 'first-run']).nullable(),
        /** Whole periods since `countedFrom`, and those with a run that was not invalid. */
        expected: z.int().nullable(),
        kept: z.int().nullable(),
        shortMonths: z.array(z.object({ month: z.string(), expected: z.int(), kept: z.int() })),
      }),
    )
    .default([]),
})

export const run = z.object({
  id: z.string(),
  experiment: nullableText,
  /** Why it is another than the record names, or why it is not. */
  experimentReason: nullableText.default(null),
  format: z.string(),
  source: evidence,
  startedAt: nullableText,
  endedAt: nullableText,
  environment: nullableText,
  target: nullableText,
  fault: nullableText,
  verdict: z.enum(['pass', 'fail', 'partial', 'aborted', 'unknown']),
  grade: z.enum(['valid', 'weak', 'invalid']),
  reasons: z.array(z.string()),
  recovery: z.object({
    kind: z.enum(['absorbed', 'recovered', 'between', 'not-recovered-within', 'unknown']),
    seconds: nullableNumber,
    low: nullableNumber,
    high: nullableNumber,
    from: z.enum(['fault-start', 'fault-end']).nullable(),
    reason: nullableText,
  }),
  /** Whose samples decided the recovery, and why they are those of this run; null when its own record did. */
  observedBy: nullableText,
  /** Checks of how it was carried out: the message of a failure, the reason of an unknown. */
  safety: z.array(z.object({ rule: z.string(), outcome: z.string(), message: z.string() })),
})

/** When an alert fired in a run, beside when it had to by its rule: seconds after the fault began, before anything is sent. */
export const alertTime = z.object({
  run: z.string(),
  alert: z.string(),
  measured: z.number(),
  /** Null where no rule of the name was read; `latest` null where a recording rule was not. */
  predicted: z.object({ earliest: z.number(), latest: nullableNumber }).nullable(),
  is: z.enum(['within', 'earlier', 'later', 'unknown']),
})

const month = z.object({
  month: z.string(),
  n: z.int(),
  judged: z.int(),
  passed: z.int(),
  recovered: z.int(),
  censored: z.int(),
  /** Of the recovered: those whose time is known only as an interval too wide to count as a time. */
  intervals: z.int().default(0),
})

/** Differences are the later month less the earlier one: seconds of the restricted mean, and shares of 1. */
const change = z.object({
  earlier: month,
  later: month,
  verdict: z.enum(['faster', 'slower', 'no-detectable-change', 'too-few-runs']),
  reason: nullableText,
  mean: z
    .object({
      difference: z.number(),
      low: z.number(),
      high: z.number(),
      standardError: z.number(),
      p: z.number(),
      adjusted: z.number(),
      horizon: z.number(),
      smallestDetectable: z.number(),
    })
    .nullable(),
  logRank: z.object({ chiSquared: z.number(), p: z.number(), adjusted: z.number() }).nullable(),
  passRate: z.object({ difference: z.number(), low: z.number(), high: z.number() }).nullable(),
})

const spread = z.object({ n: z.int(), median: z.number(), least: z.number(), most: z.number() }).nullable()

/** Results of load tests. A breach is the test's own failure; `run` names the run that it was made for, if it names one. */
export const loadTest = z.object({
  format: z.string(),
  source: evidence,
  run: nullableText,
  /** Why it belongs to that run, or to none. */
  reason: z.string(),
  durationSeconds: nullableNumber,
  requests: nullableNumber,
  failedRequests: nullableNumber,
  thresholds: z.array(
    z.object({
      metric: z.string(),
      expression: z.string(),
      state: z.enum(['held', 'breached', 'unknown']),
      reason: nullableText,
    }),
  ),
  /** Why nothing is known of its thresholds. */
  thresholdsUnknown: nullableText.default(null),
})

export const recovery = z.object({
  experiment: z.string(),
  environment: nullableText,
  /** From where the times count: runs counted from the fault's start and from its end are never pooled. */
  from: z.enum(['fault-start', 'fault-end']).nullable(),
  n: z.int(),
  recovered: z.int(),
  /** Of the recovered: those known to have done so between two instants only. */
  intervals: z.int().default(0),
  absorbed: z.int(),
  censored: z.int(),
  unknown: z.int(),
  excluded: z.int(),
  passRate: z.object({
    passed: z.int(),
    n: z.int(),
    value: nullableNumber,
    low: nullableNumber,
    high: nullableNumber,
    method: z.literal('wilson'),
  }),
  median: percentile,
  p90: percentile,
  p95: percentile,
  p99: percentile,
  mean: z.object({ restricted: z.number(), horizon: z.number(), standardError: z.number() }).nullable(),
  /** Instead of `mean` where intervals leave it open: with all at their lower, and at their upper ends. */
  meanBetween: z.object({ low: z.number(), high: z.number(), horizon: z.number() }).nullable().default(null),
  method: z.literal('kaplan-meier, log-log'),
  objectiveSeconds: nullableNumber,
  withinObjective: interval
    .extend({ between: z.object({ low: z.number(), high: z.number() }).optional() })
    .nullable(),
  /** Runs by what each decides: those without degradation are within every objective. */
  objectiveRuns: z.object({ within: z.int(), later: z.int(), undecided: z.int() }).nullable().default(null),
  histogram: z.array(z.object({ from: z.number(), to: z.number(), count: z.int() })),
  /** Runs whose interval reaches over the edge of a bin. */
  histogramLeftOut: z.int().default(0),
  /** The survival curve: share not yet recovered at `time`, with its interval; censored times are ticks, intervals stand at their upper ends. */
  curve: z.array(
    z.object({
      time: z.number(),
      survival: z.number(),
      low: nullableNumber,
      high: nullableNumber,
      censored: z.int(),
    }),
  ),
  /** Values of the runs before, during and after the fault. */
  metrics: z.array(
    z.object({ name: z.string(), unit: nullableText, before: spread, during: spread, after: spread }),
  ),
  /** What ended the fault, with the shortest recovery, at least, and the longest, at most; where intervals leave them open, their other ends. */
  mechanisms: z.array(
    z.object({
      mechanism: nullableText,
      n: z.int(),
      recovered: z.int(),
      absorbed: z.int(),
      censored: z.int(),
      unknown: z.int(),
      least: nullableNumber,
      most: nullableNumber,
      leastAtMost: z.number().optional(),
      mostAtLeast: z.number().optional(),
    }),
  ),
  /** Failed runs, and how many later ones with valid evidence there are. */
  failures: z.array(
    z.object({
      run: z.string(),
      notes: nullableText,
      since: z.object({ valid: z.int(), passed: z.int() }).nullable(),
    }),
  ),
  runs: z.array(z.string()),
  change: change.nullable(),
})
