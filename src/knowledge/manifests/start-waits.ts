/** Commands by which a container waits for others: `rules/policies/start-waits.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'
import { regularExpression } from '../regular-expression.js'

/** A host name, or variables that hold it: `db`, `$DB_HOST`, `${DB_HOST:-db}`, `$(DB_HOST)`. */
const HOST = String.raw`(?:[A-Za-z0-9._-]|\$\{[^}\s]+\}|\$\([A-Za-z_]\w*\)|\$[A-Za-z_]\w*)+`

const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text.replaceAll('HOST', HOST), 'g')
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
})

const startWaitsSchema = z.strictObject({
  /** Words of a command that are shells, and the flag after which their script stands. */
  shells: regularExpression(),
  scriptFlag: regularExpression(),
  loops: regularExpression(),
  /** A loop that never ends by itself, and what ends it all the same. */
  endless: regularExpression(),
  leaves: regularExpression(),
  /** Signs that a loop counts its turns. */
  bounded: regularExpression(),
  /** What stands behind a command whose failure ends nothing. */
  goesOn: regularExpression(),
  waits: z
    .array(
      z.strictObject({
        /** With a group `host`, or with `kind` and `name` of an object. */
        pattern,
        onlyInLoop: z.boolean().default(false),
      }),
    )
    .min(1),
})

export type StartWaits = z.infer<typeof startWaitsSchema>

export const startWaits = policyFile('start-waits.yaml', startWaitsSchema)
