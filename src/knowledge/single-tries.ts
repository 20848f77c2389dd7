/** Libraries that try each call once: `rules/policies/single-tries.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const singleTriesSchema = z.strictObject({ libraries: z.record(z.string(), z.string()) })

type SingleTries = z.infer<typeof singleTriesSchema>

let builtIn: SingleTries | undefined

/** Read once. */
export function singleTries(): SingleTries {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'single-tries.yaml'), singleTriesSchema).value
  return builtIn
}
