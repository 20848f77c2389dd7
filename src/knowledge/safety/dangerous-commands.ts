/** Steps of experiments that hit more than they name, or do not end: `rules/policies/dangerous-commands.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const pattern = z.string().refine(isPattern, 'is no regular expression; check its brackets')
const words = z.array(z.string().min(1))

const dangerousCommandsSchema = z.strictObject({
  inside: pattern,
  hostWide: z.array(z.strictObject({ says: z.string(), pattern, unless: pattern.optional() })),
  lasting: z.array(
    z.strictObject({
      says: z.string(),
      pattern,
      unless: pattern.optional(),
      undoneBy: pattern,
      /** It ends when the tool ends the process. */
      bounded: z.boolean().default(false),
    }),
  ),
  lastingFaults: words,
  momentaryFaults: words,
  endingParameters: words,
  allOf: pattern,
  limits: pattern,
  shownArguments: words,
})

export type DangerousCommands = z.infer<typeof dangerousCommandsSchema>

/** The patterns that come with the tool, read once. */
export const dangerousCommands = policyFile('dangerous-commands.yaml', dangerousCommandsSchema)

function isPattern(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}
