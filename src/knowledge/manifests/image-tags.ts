/** What the tags of container images promise: `rules/policies/image-tags.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'
import { regularExpression } from '../regular-expression.js'

const words = z.array(z.string().min(1))

const imageTagsSchema = z.strictObject({
  moving: words,
  bases: words,
  major: z.string().min(1),
  officialRegistries: words,
  officialPublishers: words,
  releaseImages: z.array(regularExpression()),
})

export type ImageTags = z.infer<typeof imageTagsSchema>

export const imageTags = policyFile('image-tags.yaml', imageTagsSchema)
