/** Policies as data: the thresholds, weights and tables under `rules/policies/` that the stages work with. */
import { join } from 'node:path'
import * as z from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'
import { SEVERITIES } from './severities.js'

const words = z.array(z.string())

/** Made once: metrics are compared with all of them, for every component. */
const metricPattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text, 'i')
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
})

const componentKinds = z.strictObject({
  companions: words,
  sidecars: words,
  stores: words,
  kinds: z.record(z.string(), z.strictObject({ images: words, protocols: words })),
})

const metric = z
  .strictObject({
    pattern: metricPattern,
    symptom: z.string(),
    kinds: words.optional(),
    exceptKinds: words.optional(),
    /** The words are those of names that teams give themselves: which component has the metric is not known. */
    ownName: z.boolean().default(false),
    /** A protection of calls without which a component has no such series. */
    needs: z.string().optional(),
    /** For the reason of a tie, instead of `every KIND`. */
    speaksOf: z.string().optional(),
  })
  .refine(({ kinds, exceptKinds }) => !kinds || !exceptKinds, 'has kinds or exceptKinds, not both')

const detection = z.strictObject({
  defaults: z.strictObject({
    scrapeSeconds: z.number().positive(),
    evaluationSeconds: z.number().positive(),
    stalenessSeconds: z.number().positive(),
    groupWaitSeconds: z.number().nonnegative(),
    groupIntervalSeconds: z.number().nonnegative(),
  }),
  componentLabels: words,
  instanceLabels: words,
  namespaceLabels: words,
  placeLabels: words,
  targetHealth: words,
  metrics: z.array(metric),
  faults: z.record(
    z.string(),
    z.strictObject({ failing: words, affected: words, perhaps: words.default([]) }),
  ),
  waitsWithout: words,
  series: z.array(z.strictObject({ pattern: metricPattern, labels: words })),
})

const routing = z.strictObject({
  /** An alert is urgent when one of the labels has a value that the pattern matches as a whole. */
  urgent: z.strictObject({ labels: words, values: metricPattern }),
  /** Values of these labels that wake nobody. */
  lessUrgent: metricPattern,
  /** Labels that Prometheus is often told to add to all alerts. */
  externalLabels: words,
  /** Integrations of Alertmanager, by their name in lower case. `pages`: whether they wake a person. */
  channels: z.record(
    z.string(),
    z.strictObject({ title: z.string(), pages: z.enum(['yes', 'no', 'unknown']) }),
  ),
})

const patterns = z.strictObject({
  patterns: z.record(z.string(), z.string()),
  protections: z.record(z.string(), z.string()),
})

const chainPolicy = z.strictObject({
  /** Parameters that limit a fault to a part of its target. */
  partParameters: words,
  /** Share of calls that fail, for the expected amplification. */
  failureProbability: z.number().min(0).max(1),
  /** Links from the fault to the farthest component a chain follows. */
  maxLinks: z.int().positive(),
  /** Each with its other names, lower case; the nearest to users last. */
  environments: z.array(words.min(1)),
  /** Protocols over which work is handed over and not waited for. */
  asynchronousProtocols: words,
  /** First row whose conditions hold decides; severity first, then likelihood, then detection. */
  priority: z.array(
    z.strictObject({
      when: z.strictObject({
        reachesEntry: z.boolean().optional(),
        minMissing: z.int().optional(),
        minAmplification: z.number().optional(),
        noticed: z.enum(['yes', 'no', 'unknown']).optional(),
      }),
      is: z.enum(['high', 'medium', 'low']),
      basis: z.string(),
    }),
  ),
})

const gate = z.enum(['before-launch', 'before-production-traffic', 'continuous'])

const severityWeights = z.strictObject({
  critical: z.number(),
  high: z.number(),
  medium: z.number(),
  low: z.number(),
})

const severities = z.array(z.enum(SEVERITIES))
/** Least shares for levels 2 to 5, rising. */
const levelBounds = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .refine((bounds) => bounds.every((bound, index) => index === 0 || bound >= bounds[index - 1]!), 'must rise')

const scorePolicy = z.strictObject({
  /** Points a check weighs, by severity. */
  weights: severityWeights,
  dimensions: z.array(
    z.strictObject({ id: z.string(), title: z.string(), weight: z.number().positive(), categories: words }),
  ),
  verdict: z.strictObject({
    blocking: severities,
    conditional: severities,
    minCoverage: z.number().min(0).max(1),
    /** Kinds of evidence without which no verdict is possible. */
    requiredEvidence: z.array(z.enum(['code', 'manifests', 'alert rules', 'experiments'])),
  }),
  /** When a finding of a severity is to be mended. */
  gates: z.strictObject({ critical: gate, high: gate, medium: gate, low: gate }),
  /** Failing checks of these severities keep a dimension below the level. */
  barredBy: z.strictObject({ 2: severities, 3: severities, 4: severities, 5: severities }),
  maturity: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      levels: levelBounds,
      shown: z
        .array(
          z.strictObject({
            share: z.enum(['chains-noticed', 'chains-tried', 'chains-tested', 'experiments-run']),
            text: z.string(),
            levels: levelBounds,
          }),
        )
        .default([]),
    }),
  ),
})

export type ComponentKinds = z.infer<typeof componentKinds>
export type DetectionPolicy = z.infer<typeof detection>
export type RoutingPolicy = z.infer<typeof routing>
export type ChainPolicy = z.infer<typeof chainPolicy>
export type ScorePolicy = z.infer<typeof scorePolicy>

export interface Policies {
  componentKinds: ComponentKinds
  detection: DetectionPolicy
  routing: RoutingPolicy
  patterns: Record<string, string>
  chains: ChainPolicy
  score: ScorePolicy
}

export function loadPolicies(folder = join(BUILT_IN_RULES, 'policies')): Policies {
  const load = <Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema> =>
    loadYaml(join(folder, `${name}.yaml`), schema).value
  return {
    componentKinds: load('component-kinds', componentKinds),
    detection: load('detection', detection),
    routing: load('routing', routing),
    patterns: load('patterns', patterns).patterns,
    chains: load('chains', chainPolicy),
    score: load('score', scorePolicy),
  }
}

export type Vocabulary = Pick<Policies, 'patterns'> &
  Pick<ComponentKinds, 'kinds'> & {
    /** How the protection is called where the word of a pattern names the defect. */
    protections: Record<string, string>
  }

let builtInVocabulary: Vocabulary | undefined

/** The words that rules and chains may use of guards and components, read once. */
export function vocabulary(): Vocabulary {
  const folder = join(BUILT_IN_RULES, 'policies')
  builtInVocabulary ??= {
    ...loadYaml(join(folder, 'patterns.yaml'), patterns).value,
    kinds: loadYaml(join(folder, 'component-kinds.yaml'), componentKinds).value.kinds,
  }
  return builtInVocabulary
}
