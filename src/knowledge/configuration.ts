/** `resilience.yaml`: what a team declares about its system, and how it wants to be judged. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import * as z from 'zod'
import { isDay } from '../facts/instants.js'
import { parseDuration } from '../facts/units.js'
import { durationSchema } from './durations.js'
import { loadYaml, UserError } from './load.js'
import { SEVERITIES } from './severities.js'

const severity = z.enum(SEVERITIES)

/** Seconds, written as a number or as `90s`, `5m`. */
const duration = durationSchema().transform((text) => parseDuration(text) ?? 0)

const date = z
  .union([z.string(), z.date()])
  .transform((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value))
  .refine(
    (value) => isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value)),
    'must be a date, YYYY-MM-DD',
  )

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'g')
    return true
  } catch {
    return false
  }
}

const name = z.string().trim().min(1, 'must not be empty')

/** A name stands for one component: declared twice, it would be left to chance for which. */
function refuseDoubles(components: { id: string; aliases: string[] }[], context: z.RefinementCtx): void {
  const owners = new Map<string, string>()
  components.forEach(({ id, aliases }, index) => {
    const names = [
      { name: id, path: [index, 'id'] },
      ...aliases.map((alias, place) => ({ name: alias, path: [index, 'aliases', place] })),
    ]
    for (const { name, path } of names) {
      const owner = owners.get(name)
      if (owner !== undefined && (owner !== id || path[1] === 'id'))
        context.addIssue({
          code: 'custom',
          path,
          message: owner === id ? `"${name}" is declared already` : `"${name}" is a name of ${owner} already`,
        })
      owners.set(name, owner ?? id)
    }
  })
}

export const configurationSchema = z.strictObject({
  subject: z
    .string()
    .trim()
    .min(1, 'must not be empty; leave it out to use the name of the folder')
    .optional(),
  tier: z.union([z.string(), z.number()]).transform(String).optional(),
  objectives: z
    .strictObject({
      recoverySeconds: duration.optional(),
      slo: z.number().gt(0).lt(100).optional(),
      window: z.string().optional(),
    })
    .prefault({}),
  include: z.array(z.string()).default([]),
  exclude: z.array(z.string()).default([]),
  components: z
    .array(
      z.strictObject({
        id: name,
        kind: z.string().optional(),
        aliases: z.array(z.string()).default([]),
        tier: z.union([z.string(), z.number()]).transform(String).optional(),
        /** False: its loss degrades, and does not break, those that depend on it. */
        hard: z.boolean().optional(),
      }),
    )
    .superRefine(refuseDoubles)
    .default([]),
  dependencies: z
    .array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        criticality: z.enum(['hard', 'soft']).optional(),
        fallback: z.string().optional(),
      }),
    )
    .default([]),
  rules: z
    .record(
      z.string(),
      z.union([z.literal('off'), z.literal(false), z.looseObject({ severity: severity.optional() })], {
        error: ({ input }) =>
          typeof input === 'object' && input !== null && !Array.isArray(input)
            ? `its severity must be one of ${severity.options.join(', ')}`
            : 'must be off, or a mapping such as { severity: high }, with the parameters of the rule',
      }),
    )
    .default({}),
  policies: z
    .strictObject({
      freshnessDays: z.number().positive().default(30),
      severityResponse: z.record(z.string(), duration).default({}),
      requiredEnvironment: z.string().default('staging'),
      /** Whether what other tools are told to ignore is accepted here as well. */
      inheritIgnores: z.boolean().default(true),
    })
    .prefault({}),
  gate: z
    .strictObject({
      failOn: z.enum([...SEVERITIES, 'none']).optional(),
      minScore: z.number().min(0).max(100).optional(),
      minCoverage: z.number().min(0).max(100).optional(),
    })
    .prefault({}),
  waivers: z
    .array(
      z.strictObject({
        rule: z.string(),
        where: z.string(),
        reason: z.string().trim().min(1),
        owner: z.string().trim().min(1),
        expires: date,
      }),
    )
    .default([]),
  prometheus: z
    .strictObject({
      scrapeInterval: duration.optional(),
      evaluationInterval: duration.optional(),
      url: z.string().optional(),
    })
    .prefault({}),
  /** Regular expressions of texts to be masked. */
  redact: z.array(z.string().refine(isPattern, 'is no regular expression; check its brackets')).default([]),
})

export type Configuration = z.infer<typeof configurationSchema>
export type Waiver = Configuration['waivers'][number]

export const DEFAULT_CONFIGURATION: Configuration = configurationSchema.parse({})

export interface LoadedConfiguration {
  /** Absolute; null when there is none and the defaults hold. */
  file: string | null
  value: Configuration
  /** Where the value at a path of keys stands, or the nearest thing around it. */
  placeOf(at: PropertyKey[]): { line: number; column: number }
}

/** The configuration named, else `resilience.yaml` in the first path or above it, else the defaults. */
export function loadConfiguration(named: string | undefined, firstPath: string): LoadedConfiguration {
  const file = named === undefined ? findAbove(resolve(firstPath)) : resolve(named)
  if (file === null) return { file, value: DEFAULT_CONFIGURATION, placeOf: () => ({ line: 1, column: 1 }) }
  const found = named === '' ? undefined : statSync(file, { throwIfNoEntry: false })
  if (!found) throw new UserError(`${named || 'an empty name'}: no such configuration file; check --config`)
  if (found.isDirectory()) throw new UserError(`${named}: is a folder; --config names a file`)
  const { value, position } = loadYaml(file, configurationSchema.nullable())
  return {
    file,
    // A file of comments only is an empty configuration.
    value: value ?? DEFAULT_CONFIGURATION,
    placeOf: (at) => {
      const [line, column] = position(at).split(':').map(Number) as [number, number]
      return { line, column }
    },
  }
}

function findAbove(start: string): string | null {
  let folder = existsSync(start) && statSync(start).isFile() ? dirname(start) : start
  for (;;) {
    const candidate = join(folder, 'resilience.yaml')
    if (existsSync(candidate)) return candidate
    const parent = dirname(folder)
    if (parent === folder) return null
    folder = parent
  }
}
