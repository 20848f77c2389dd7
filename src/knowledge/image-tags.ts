/** What the tags of container images promise: `rules/policies/image-tags.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const words = z.array(z.string().min(1))

const imageTagsSchema = z.strictObject({
  moving: words,
  bases: words,
  major: z.string().min(1),
  officialRegistries: words,
  officialPublishers: words,
})

export type ImageTags = z.infer<typeof imageTagsSchema>

let builtIn: ImageTags | undefined

/** Read once. */
export function imageTags(): ImageTags {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'image-tags.yaml'), imageTagsSchema).value
  return builtIn
}
