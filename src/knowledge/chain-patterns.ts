/** Failure-chain patterns as data, one YAML file each under `rules/chains/`. */
import { join } from 'node:path'
import * as z from 'zod'
import { compareText } from '../facts/source.js'
import { faultsOfWords } from './chain-vocabulary.js'
import { loadYaml, UserError } from './load.js'
import { BUILT_IN_RULES, yamlFilesUnder } from './rule-files.js'

const state = z.enum(['present', 'absent', 'inert', 'delegated', 'unknown'])

const chainPatternSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'must be kebab-case'),
  /** Template over {trigger, caller, entry}: names of components. */
  title: z.string(),
  /** Kinds of components that can fail this way, and the fault of `rules/policies/faults.yaml`. */
  trigger: z.strictObject({ kinds: z.array(z.string()), fault: z.string() }),
  /** All must hold. `on` is the dependency on the trigger, the trigger itself, or the component that calls it. */
  requires: z
    .array(
      z.strictObject({
        on: z.enum(['dependency', 'trigger', 'caller']),
        guard: z.string(),
        states: z.array(state),
      }),
    )
    .min(1),
  protocols: z.array(z.string()).optional(),
  /** What the first link does, and what each further link does. Templates over {from, to}. */
  mechanism: z.string(),
  propagation: z.string(),
  /** Symptoms of the caller that are not the fault's but the chain's own: what `rules/policies/detection.yaml` calls them. */
  shows: z.array(z.string()).default([]),
  /** Symptoms of those beyond the caller that are the chain's own. */
  onward: z.array(z.string()).default([]),
  /** The caller waits without a bound: who bounds its own call to it gets an error. */
  endless: z.boolean().default(false),
  /** Where the fault is on the caller's own side of what it calls, others that call the same are not hit. */
  hitsCallerOnly: z.boolean().default(false),
  /** Symptoms of those affected that come with the fault elsewhere, and here only where something else brings them about. */
  perhaps: z.array(z.string()).default([]),
  /** The first link is what the caller does before it handles the failure, as its retries: going on without the callee ends none of it. */
  actsWhereHandled: z.boolean().default(false),
  /** Whether its calls fail in a way that is retried: calls that only wait are not. */
  retried: z.boolean(),
  /** What keeps the system down after the trigger is gone. */
  sustainedBy: z.string().nullable(),
  /** Protections that would break the chain: those absent on its links are its missing ones. */
  controls: z.array(z.string()).min(1),
  /** The experiment that would test it. Template over {trigger, caller, entry}. */
  experiment: z.string(),
})

export type ChainPattern = z.infer<typeof chainPatternSchema>

export { chainPatternSchema }

/** All patterns of the built-in folder and the user's, sorted by id. Throws a UserError for every broken or doubled one. */
export function loadChainPatterns(ownFolders: string[] = []): ChainPattern[] {
  const patterns = new Map<string, ChainPattern>()
  const files = [BUILT_IN_RULES, ...ownFolders].flatMap((folder) => yamlFilesUnder(join(folder, 'chains')))
  for (const file of files) {
    const { value, position } = loadYaml(file, chainPatternSchema)
    const faults = faultsOfWords(value)
    if (faults.length > 0)
      throw new UserError(
        faults
          .map(({ at, message }) => `${file}:${position(at)} ${at.map(String).join('.')}: ${message}`)
          .join('\n'),
      )
    if (patterns.has(value.id))
      throw new UserError(
        `${file}:${position(['id'])} the chain pattern ${value.id} exists already; choose another id`,
      )
    patterns.set(value.id, value)
  }
  return [...patterns.values()].sort((a, b) => compareText(a.id, b.id))
}
