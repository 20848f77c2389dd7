/** How runs are set against safety policies and schedules: `rules/policies/safety.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from '../load.js'
import { toWords } from '../phrases.js'
import { BUILT_IN_RULES } from '../rule-files.js'

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

let builtIn: SafetyRules | undefined

/** The knowledge that comes with the tool, read once. */
export function safetyRules(): SafetyRules {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'safety.yaml'), safetyRulesSchema).value
  return builtIn
}

/** What a policy's word asks for; null for a word of the team's own. */
export function requirementNamed(word: string): Requirement | null {
  const { requirements } = safetyRules()
  return (
    REQUIREMENTS.find((requirement) =>
      requirements[requirement].some((name) => toWords(name) === toWords(word)),
    ) ?? null
  )
}
