/** How many connections databases take: `rules/policies/database-limits.yaml`. */
import * as z from 'zod'
import { policyFile } from './policy-file.js'

const words = z.array(z.string().min(1))

const databaseLimitsSchema = z.strictObject({
  publishers: words,
  helpers: words,
  databases: z.array(
    z.strictObject({
      title: z.string(),
      images: words.min(1),
      settings: words.min(1),
      /** Short options whose next word, or rest, is the number. */
      flags: words.default([]),
      variables: words.default([]),
      /** Settings that name a configuration file of the user's own. */
      configuration: words.default([]),
      /** Connections when nothing is written. */
      limit: z.int().positive(),
      /** Those of them that ordinary clients do not get. */
      reserved: z.strictObject({ settings: words, count: z.int().nonnegative(), for: z.string() }).optional(),
      source: z.url(),
    }),
  ),
})

export type DatabaseLimits = z.infer<typeof databaseLimitsSchema>
export type DatabaseLimit = DatabaseLimits['databases'][number]

export const databaseLimits = policyFile('database-limits.yaml', databaseLimitsSchema)
