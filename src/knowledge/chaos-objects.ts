/** Kubernetes objects of chaos tools: `rules/policies/chaos-objects.yaml`. */
import * as z from 'zod'
import { policyFile } from './policy-file.js'

const words = z.array(z.string().min(1))

const chaosObjectsSchema = z.strictObject({
  /** API group to the format that reads its kinds. */
  groups: z.record(z.string(), z.string()),
  chaosMesh: z.strictObject({
    faults: words,
    oneShot: words,
    targets: words,
    unused: words,
    eventsKept: z.int().positive(),
    statusCheck: z.strictObject({
      intervalSeconds: z.number().positive(),
      recordsHistoryLimit: z.int().positive(),
      failureThreshold: z.int().positive(),
    }),
  }),
  litmus: z.strictObject({
    duration: z.string(),
    targets: words,
    targetLabels: words,
    destinations: words,
  }),
})

export type ChaosObjects = z.infer<typeof chaosObjectsSchema>

export const chaosObjects = policyFile('chaos-objects.yaml', chaosObjectsSchema)

/** The format that reads the objects of an apiVersion; null when the reader of manifests does. */
export function chaosFormatOf(apiVersion: string | null): string | null {
  const group = apiVersion?.split('/', 1)[0] ?? ''
  const { groups } = chaosObjects()
  return Object.hasOwn(groups, group) ? groups[group]! : null
}
