/** Names of what is no evidence about the running system: `rules/policies/left-out.yaml`. */
import * as z from 'zod'
import { policyFile } from './policy-file.js'
import { regularExpression } from './regular-expression.js'

const names = z.array(z.string().min(1))
const patterns = z.array(regularExpression())

const leftOutSchema = z.strictObject({
  vendoredFolders: names,
  fixtureFolders: names,
  disusedFolders: names,
  pipelineFolders: patterns,
  pipelineFiles: patterns,
  lockFiles: names,
  settingFiles: patterns,
  testPaths: patterns,
  trialPaths: patterns,
  examplePaths: patterns,
  setAsidePaths: patterns,
  doubleWords: names,
  generatedPaths: patterns,
  generatedMarks: patterns,
})

export type LeftOut = z.infer<typeof leftOutSchema>

export const leftOut = policyFile('left-out.yaml', leftOutSchema)

/** Of a manifest: it stands in a folder of examples. */
export function isExample(path: string): boolean {
  return leftOut().examplePaths.some((pattern) => pattern.test(path))
}

/** Of a manifest: it stands in a folder for what was in use before. */
export function isSetAside(path: string): boolean {
  return leftOut().setAsidePaths.some((pattern) => pattern.test(path))
}

/** Of a workload or an image: `fake-oidc`, not `fakery`. */
export function isCalledDouble(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .some((word) => leftOut().doubleWords.includes(word))
}
