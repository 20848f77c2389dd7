/** Commands that do nothing of what they seem to do: `rules/policies/futile-commands.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

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

let builtIn: FutileCommand[] | undefined

/** Read once. */
export function futileCommands(): FutileCommand[] {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'futile-commands.yaml'), futileCommandsSchema).value
  return builtIn
}
