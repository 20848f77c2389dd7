/** Commands that do nothing of what they seem to do: `rules/policies/futile-commands.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const words = z.array(z.string().min(1)).min(1)

const futileCommandsSchema = z.array(
  z.strictObject({
    commands: words,
    verbs: words,
    /** Flags followed by a value of their own. */
    valueFlags: words,
    /** What no name may hold. */
    pattern: z.string().min(1),
    says: z.string().min(1),
  }),
)

export type FutileCommand = z.infer<typeof futileCommandsSchema>[number]

export const futileCommands = policyFile('futile-commands.yaml', futileCommandsSchema)
