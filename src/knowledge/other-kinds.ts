/** Kinds of YAML and JSON files that are told apart and not read: `rules/policies/other-kinds.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'
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

let builtIn: OtherKind[] | undefined

/** Read once. */
export function otherKinds(): OtherKind[] {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'other-kinds.yaml'), otherKindsSchema).value.kinds
  return builtIn
}
