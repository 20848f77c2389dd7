/** Files of `rules/policies/`. */
import { join } from 'node:path'
import type * as z from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

/** What a file holds: read and checked when it is first asked for, and once. */
export function policyFile<Schema extends z.ZodType>(name: string, schema: Schema): () => z.infer<Schema> {
  let value: z.infer<Schema> | undefined
  return () => (value ??= loadYaml(join(BUILT_IN_RULES, 'policies', name), schema).value)
}
