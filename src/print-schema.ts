/** `schema KIND`: JSON Schemas, generated from the schemas that the program itself checks with. */
import * as z from 'zod'
import { claimsSchema } from './claims/claim.js'
import { experimentCatalogueSchema } from './inputs/formats/experiment-catalogue/schema.js'
import { experimentLogSchema } from './inputs/formats/experiment-log/schema.js'
import { incidentLogSchema } from './inputs/formats/incident-log/schema.js'
import { safetyPolicySchema } from './inputs/formats/safety-policy/schema.js'
import { chainPatternSchema } from './knowledge/chain-patterns.js'
import { configurationSchema } from './knowledge/configuration.js'
import { librarySchema } from './knowledge/libraries.js'
import { UserError } from './knowledge/load.js'
import { ruleSchema } from './rules/rule.js'
import { resultSchema } from './report/result.js'
import { ruleFixtureSchema } from './test-rules.js'

const SCHEMAS: Record<string, z.ZodType> = {
  result: resultSchema,
  configuration: configurationSchema,
  rule: ruleSchema,
  'rule-fixture': ruleFixtureSchema,
  'chain-pattern': chainPatternSchema,
  library: librarySchema,
  'experiment-log': experimentLogSchema,
  'experiment-catalogue': experimentCatalogueSchema,
  claims: claimsSchema,
  'safety-policy': safetyPolicySchema,
  'incident-log': incidentLogSchema,
}

/** Without a kind, the list of kinds. Kinds of our own evidence may be written as in their `kind` field. */
export function schemaOf(kind: string | undefined): string {
  const names = Object.keys(SCHEMAS)
  if (kind === undefined) return `${names.join('\n')}\n`
  const name = kind.replace(/(?<=[a-z])([A-Z])/g, '-$1').toLowerCase()
  const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined
  if (!schema) throw new UserError(`${kind}: no such kind of file; available: ${names.join(', ')}`)
  // What a file may hold, before durations and dates are read.
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), null, 2)}\n`
}
