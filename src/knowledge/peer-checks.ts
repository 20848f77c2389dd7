/** Which of our rules answer to the checks of other tools, and how these tools are told to leave one out. */
import * as z from 'zod'
import { policyFile } from './policy-file.js'
import { regularExpression } from './regular-expression.js'

const names = z.array(z.string().min(1)).min(1)

const check = z.union([
  z.strictObject({
    rules: names,
    /** Heard on the pod template of a workload too. */
    onPods: z.boolean().default(false),
    /** Checks that are left out with it. */
    implies: names.optional(),
    /** Other names of it. */
    also: names.optional(),
  }),
  z.strictObject({
    none: z.enum(['security', 'style', 'other policy', 'live data']),
    onPods: z.boolean().default(false),
    implies: names.optional(),
  }),
])

/** `value` says what an annotation's value is; a group named `check` in its key is the check, else it is about all. */
const annotation = z.strictObject({
  key: regularExpression(),
  value: z.enum(['checks', 'reason', 'switch', 'switch or reason']),
})

const tool = z.strictObject({
  /** Version whose sources were read. */
  read: z.string(),
  annotations: z.array(annotation).default([]),
  /** Annotation of pods that asks for checks, whatever the workload leaves out. */
  askedOnPods: z.string().optional(),
  checks: z.record(z.string(), check),
})

const peerChecksSchema = z.strictObject({ tools: z.record(z.string(), tool) })

export type PeerTool = z.infer<typeof tool>

const policy = policyFile('peer-checks.yaml', peerChecksSchema)

export function peerTools(): Record<string, PeerTool> {
  return policy().tools
}

/** Our rules that look for what the checks look for; null: all checks of the tool. */
export function rulesLike(toolName: string, checks: string[] | null, onPods: boolean): Set<string> {
  const tools = peerTools()
  const known = Object.hasOwn(tools, toolName) ? tools[toolName]!.checks : {}
  const implied = checks?.flatMap((name) => (Object.hasOwn(known, name) ? (known[name]!.implies ?? []) : []))
  const left = implied && new Set([...checks!, ...implied])
  const rules = Object.entries(known).flatMap(([name, answer]) => {
    if (!('rules' in answer) || (onPods && !answer.onPods)) return []
    const isMeant = !left || [name, ...(answer.also ?? [])].some((each) => left.has(each))
    return isMeant ? answer.rules : []
  })
  return new Set(rules)
}
