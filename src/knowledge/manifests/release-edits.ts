/** Commands of pipelines that write images into manifests: `rules/policies/release-edits.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'
import { regularExpression } from '../regular-expression.js'

const releaseEditsSchema = z.strictObject({
  pipelines: z.array(regularExpression()),
  inPlace: regularExpression('s'),
  manifests: regularExpression(),
  ofImage: regularExpression('i'),
  setImages: regularExpression(),
  setWorkloads: regularExpression(),
})

export type ReleaseEdits = z.infer<typeof releaseEditsSchema>

export const releaseEdits = policyFile('release-edits.yaml', releaseEditsSchema)
