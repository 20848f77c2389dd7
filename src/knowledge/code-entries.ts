/** Where programs begin, as far as names tell, from `rules/policies/code-entries.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { words } from './code-words.js'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const pattern = z.string().transform((text) => new RegExp(text))

const codeEntriesSchema = z.strictObject({
  modules: words,
  folders: z.array(z.string()).min(1),
  generated: words,
  built: words,
  runners: words,
  otherScripts: words,
  assets: words,
  components: words,
  componentPackages: z.array(z.string()),
  starts: words,
  handlers: words,
  calledByName: words,
  loaders: z.array(z.string()),
  findsModules: words,
  frameworks: z.array(
    z.strictObject({ package: z.string(), command: z.string(), entries: z.array(pattern).min(1) }),
  ),
  processFiles: words,
  buildFiles: words,
})

export type CodeEntries = z.infer<typeof codeEntriesSchema>

let builtIn: CodeEntries | undefined

/** Read once. */
export function codeEntries(): CodeEntries {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'code-entries.yaml'), codeEntriesSchema).value
  return builtIn
}
