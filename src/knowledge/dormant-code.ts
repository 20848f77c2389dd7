/** How code is judged that nothing is seen to run: `rules/policies/dormant-code.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const dormantCodeSchema = z.strictObject({
  /** Of what is wrong with it as it is written. */
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  /** Why it is not known to run, as far as it is judged all the same. */
  doubts: z.array(z.enum(['no-entry', 'no-caller', 'published', 'for-users'])),
})

type DormantCode = z.infer<typeof dormantCodeSchema>

let builtIn: DormantCode | undefined

/** Read once. */
export function dormantCode(): DormantCode {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'dormant-code.yaml'), dormantCodeSchema).value
  return builtIn
}
