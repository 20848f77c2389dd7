/** How charts and overlays become the manifests that run: `rules/policies/rendering.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { regularExpression } from './regular-expression.js'
import { BUILT_IN_RULES } from './rule-files.js'

const names = z.array(z.string().min(1))
const patterns = z.array(regularExpression())
const limit = z.int().positive()

const renderingSchema = z.strictObject({
  valuesFiles: patterns,
  testValues: patterns,
  ruleValues: names,
  kustomizationFiles: names,
  randomFunctions: names,
  limits: z.strictObject({
    timeoutSeconds: limit,
    outputMegabytes: limit,
    memoryMegabytes: limit,
    totalSeconds: limit,
    copiedFiles: limit,
    copiedMegabytes: limit,
    charts: limit,
    overlays: limit,
    environments: limit,
  }),
})

export type RenderingPolicy = z.infer<typeof renderingSchema>

let builtIn: RenderingPolicy | undefined

/** Read once. */
export function renderingPolicy(): RenderingPolicy {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'rendering.yaml'), renderingSchema).value
  return builtIn
}
