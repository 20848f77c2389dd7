/** How charts and overlays become the manifests that run: `rules/policies/rendering.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'
import { regularExpression } from '../regular-expression.js'

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

export const renderingPolicy = policyFile('rendering.yaml', renderingSchema)
