/** Chaos tools and what they write of their runs: `rules/policies/experiment-tools.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const experimentToolsSchema = z.record(
  z.string(),
  z.strictObject({
    title: z.string().min(1),
    /** What tells of its runs; null for a tool that keeps no record. */
    records: z.string().min(1).nullable(),
  }),
)

export type ExperimentTool = z.infer<typeof experimentToolsSchema>[string]

let builtIn: Record<string, ExperimentTool> | undefined

/** By the format that reads what the tool writes; read once. */
export function experimentTools(): Record<string, ExperimentTool> {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'experiment-tools.yaml'), experimentToolsSchema).value
  return builtIn
}
