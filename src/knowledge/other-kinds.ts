/** Kinds of YAML and JSON files that are told apart and not read: `rules/policies/other-kinds.yaml`. */
import * as z from 'zod'
import { policyFile } from './policy-file.js'
import { regularExpression } from './regular-expression.js'

const otherKindsSchema = z.strictObject({
  kinds: z.array(
    z.strictObject({
      name: z.string(),
      path: regularExpression().optional(),
      patterns: z.array(regularExpression('m')),
      meant: z.boolean().default(false),
      starts: z.boolean().default(false),
    }),
  ),
})

export type OtherKind = z.infer<typeof otherKindsSchema>['kinds'][number]

const policy = policyFile('other-kinds.yaml', otherKindsSchema)

export function otherKinds(): OtherKind[] {
  return policy().kinds
}
