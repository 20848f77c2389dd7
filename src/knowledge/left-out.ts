/** Names of what is no evidence about the running system: `rules/policies/left-out.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'
import { regularExpression } from './regular-expression.js'

const names = z.array(z.string().min(1))
const patterns = z.array(regularExpression())

const leftOutSchema = z.strictObject({
  vendoredFolders: names,
  fixtureFolders: names,
  disusedFolders: names,
  lockFiles: names,
  settingFiles: patterns,
  testPaths: patterns,
  trialPaths: patterns,
  examplePaths: patterns,
  generatedPaths: patterns,
  generatedMarks: patterns,
})

export type LeftOut = z.infer<typeof leftOutSchema>

let builtIn: LeftOut | undefined

/** Read once. */
export function leftOut(): LeftOut {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'left-out.yaml'), leftOutSchema).value
  return builtIn
}

/** Of a manifest: it stands in a folder of examples. */
export function isExample(path: string): boolean {
  return leftOut().examplePaths.some((pattern) => pattern.test(path))
}
