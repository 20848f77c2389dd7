/** What proxies of meshes and gateways do unasked, and what their words mean: `rules/policies/mesh.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const words = z.array(z.string().min(1))
const percent = z.number().min(0).max(100)

const condition = z.strictObject({
  /** Also a try that its own timeout ended is tried again. */
  slow: z.boolean(),
  /** The callee may have done what was asked. */
  worked: z.boolean(),
  /** The callee answers with a failure. */
  server: z.boolean(),
})

/** Label or annotation to the values that switch the proxy on, and those that switch it off; `*`: any value. */
const switches = z.record(z.string(), z.tuple([words, words]))

const meshSchema = z.strictObject({
  retryConditions: z.record(z.string(), condition),
  retriedStatus: condition,
  repeatableMethods: words,
  readingCalls: words,
  istio: z.strictObject({
    retryOn: words,
    outlierDetection: z.strictObject({
      consecutiveErrors: z.int().positive(),
      baseEjectionSeconds: z.number().positive(),
      maxEjectionPercent: percent,
      minHealthPercent: percent,
    }),
  }),
  linkerd: z.strictObject({
    retries: z.int().nonnegative(),
    failures: z.int().positive(),
    penaltySeconds: z.number().positive(),
  }),
  ingressNginx: z.strictObject({
    prefix: z.string(),
    readSeconds: z.number().positive(),
    tries: z.int().positive(),
    conditions: words,
    unsafeCondition: z.string(),
    unsafeMethods: words,
  }),
  injection: z.array(
    z.strictObject({
      mesh: z.string(),
      kinds: words,
      proxy: z.string(),
      /** No pod gets one in a namespace that switches it off. */
      offIsFinal: z.boolean(),
      pod: switches,
      namespace: switches,
    }),
  ),
  ambient: z.strictObject({ label: z.string(), value: z.string() }),
  opaquePorts: words,
  precedence: z.array(words),
  mergedKinds: words,
  proxyPorts: z.strictObject({ names: words, tunnels: z.array(z.int().positive()) }),
})

export type MeshKnowledge = z.infer<typeof meshSchema>
export type RetryCondition = z.infer<typeof condition>

export const meshKnowledge = policyFile('mesh.yaml', meshSchema)

/** What it means that a proxy retries on a word; null for a word that is not known. */
export function retryCondition(word: string): RetryCondition | null {
  const { retryConditions, retriedStatus } = meshKnowledge()
  if (Object.hasOwn(retryConditions, word)) return retryConditions[word]!
  return /^[1-5]\d\d$/.test(word) ? { ...retriedStatus, server: Number(word) >= 500 } : null
}
