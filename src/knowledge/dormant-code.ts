/** How code is judged that nothing is seen to run: `rules/policies/dormant-code.yaml`. */
import * as z from 'zod'
import { policyFile } from './policy-file.js'
import { SEVERITIES } from './severities.js'

const dormantCodeSchema = z.strictObject({
  /** Of what is wrong with it as it is written. */
  severity: z.enum(SEVERITIES),
  /** Why it is not known to run, as far as it is judged all the same. */
  doubts: z.array(z.enum(['no-entry', 'no-caller', 'published', 'for-users'])),
})

export const dormantCode = policyFile('dormant-code.yaml', dormantCodeSchema)
