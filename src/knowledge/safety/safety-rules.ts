/** How runs are set against safety policies and schedules: `rules/policies/safety.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'
import { toWords } from '../phrases.js'

const REQUIREMENTS = [
  'approval',
  'rollback',
  'load',
  'observer',
  'staging-pass',
  'baseline',
  'abort',
] as const

export type Requirement = (typeof REQUIREMENTS)[number]

const safetyRulesSchema = z.strictObject({
  unrecordedEnd: z.strictObject({ longestHours: z.number().positive(), because: z.string().min(1) }),
  requirements: z.record(z.enum(REQUIREMENTS), z.array(z.string().min(1))),
  cronGraceHours: z.number().positive(),
  environments: z.record(z.string(), z.array(z.string().min(1))),
})

export type SafetyRules = z.infer<typeof safetyRulesSchema>

/** The knowledge that comes with the tool, read once. */
export const safetyRules = policyFile('safety.yaml', safetyRulesSchema)

/** What a policy's word asks for; null for a word of the team's own. */
export function requirementNamed(word: string): Requirement | null {
  const { requirements } = safetyRules()
  return (
    REQUIREMENTS.find((requirement) =>
      requirements[requirement].some((name) => toWords(name) === toWords(word)),
    ) ?? null
  )
}
