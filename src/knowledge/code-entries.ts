/** Where programs begin, as far as names tell, from `rules/policies/code-entries.yaml`. */
import * as z from 'zod'
import { words } from './code-words.js'
import { policyFile } from './policy-file.js'

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

export const codeEntries = policyFile('code-entries.yaml', codeEntriesSchema)
